import CRDT
import CaseModel
import Crypto
import FoundationEssentials
import Replication
import Testing
import WireProtocol

@testable import Storage

/// The end of a device's access: nothing is left in its files but what the tenant alone can read.
@Suite struct ReplicaAccessEndTests {
  private static let canary = "canary-of-what-ended"
  private let secret = Curve25519.KeyAgreement.PrivateKey()

  /// A replica that holds a record of another device's, an own note with its verdict and one without.
  private func fixture(_ seed: UInt64) throws -> (ReplicaFixture, received: Identifier, pending: EntryVerdict)
  {
    let fixture = try ReplicaFixture(seed: seed, seal: StoreSeal(try .generated(), .null))
    var certificate = WireDeviceCertificate()
    certificate.tenantAgreementKey = secret.publicKey.rawRepresentation
    let encoded: [UInt8] = try certificate.serializedBytes()
    try fixture.store.updateMeta { $0.certificate = encoded }
    let id = fixture.random.identifier()
    _ = fixture.writeElsewhere(id)
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [try fixture.enter(id, generation: 2)]))
    let first = try write("judged", in: fixture.random.identifier(), fixture)
    _ = try fixture.store.apply(verdicts: [first])
    let pending = try write(Self.canary, in: fixture.random.identifier(), fixture, refusing: .accessEnded)
    try fixture.store.flush()
    // The person's name is no record.
    try fixture.store.updateMeta { $0.personName = "x" }
    return (fixture, id, pending)
  }

  private func write(
    _ text: String, in id: Identifier, _ fixture: ReplicaFixture, refusing code: ErrorCode? = nil
  ) throws -> EntryVerdict {
    let operation = Operation(field: FieldID(rawValue: 1), action: .assign(.text(text)))
    let entry = try fixture.write([[fixture.draft(id, isNew: true, operations: [operation])]])[0]
    var group = fixture.server.newGroup()
    return fixture.server.judge(entry.entry.changes, of: fixture.actor, refusing: code, into: &group)
  }

  private func end(_ fixture: ReplicaFixture, _ reason: RevocationReason) throws {
    _ = try fixture.store.carryOut(.accessEnded(AccessEnded(reason: reason, since: 5), at: 7))
  }

  private func isOnDisk(_ text: String, _ fixture: ReplicaFixture) throws -> Bool {
    try FileManager.default.contentsOfDirectory(atPath: fixture.home).contains { name in
      try Data(contentsOf: URL(filePath: fixture.home + "/" + name)).firstRange(of: Data(text.utf8)) != nil
    }
  }

  @Test func whatWaitsIsHandedOverFirstAndThenNothingIsLeft() throws {
    let (fixture, received, pending) = try fixture(1)
    #expect(try isOnDisk(Self.canary, fixture) && isOnDisk(RandomWriter.canary, fixture))
    try end(fixture, .left)
    #expect(try fixture.store.records().isEmpty && fixture.store.record(received) == nil)
    #expect(try !isOnDisk(RandomWriter.canary, fixture) && isOnDisk(Self.canary, fixture))
    #expect(try fixture.store.sealedItemCount() == 1)
    #expect(try fixture.store.pendingEntries(after: 0, limit: 9).count == 1)
    try fixture.reopen()
    #expect(try fixture.store.meta().accessEnded == AccessEnded(reason: .left, since: 5))
    _ = try fixture.store.apply(verdicts: [pending])
    #expect(try !isOnDisk(Self.canary, fixture))
    #expect(try fixture.store.sealedItemCount() == 2 && fixture.store.holdings(enteredAfter: nil).isEmpty)
    #expect(try fixture.store.wipes() == 3 && fixture.store.verify().isSound)
  }

  @Test func aStolenDeviceWaitsForNothing() throws {
    let (fixture, _, _) = try fixture(2)
    try end(fixture, .stolen)
    #expect(try !isOnDisk(RandomWriter.canary, fixture) && !isOnDisk(Self.canary, fixture))
    #expect(try fixture.store.sealedItemCount() == 2 && fixture.store.records().isEmpty)
    // The tenant can read what was not sent; the device can not.
    let meta = try fixture.store.meta()
    let texts = try fixture.store.sealedItems().map { item in
      let opened = try #require(
        TenantSeal.open(
          item, secret: Array(secret.rawRepresentation), tenant: meta.tenant, actor: meta.actor))
      return try Payload(encoded: Array(WireSealedItem(serializedBytes: opened).change.payload)).operations
    }
    #expect(
      texts.flatMap { $0 }.map(\.action) == [.assign(.text("judged")), .assign(.text(Self.canary))])
    #expect(try fixture.store.verify().isSound)
  }

  /// The exits that the server orders beside are carried out already: what was wiped counts once.
  @Test func theExitsAreCountedOnce() throws {
    let (fixture, received, pending) = try fixture(3)
    try end(fixture, .replaced)
    _ = try fixture.store.apply(verdicts: [pending])
    let held = HeldRecord(record: received, generation: 2)
    _ = try fixture.store.carryOut(.exit([held], erased: [], at: 8))
    #expect(try fixture.store.wipes() == 3)
    #expect(try fixture.store.wiped(of: [held]).map(\.held) == [held])
    // What is told twice changes nothing more.
    try end(fixture, .replaced)
    #expect(try fixture.store.wipes() == 3)
  }

  @Test func leaseAndTimeAreKept() throws {
    let (fixture, _, _) = try fixture(4)
    _ = try fixture.store.carryOut(.lease(Lease(until: 99)))
    try fixture.store.updateMeta { $0.knownTime = KnownTime(time: 50, boot: "b", uptime: 3) }
    try fixture.reopen()
    #expect(try fixture.store.meta().lease == Lease(until: 99))
    #expect(try fixture.store.meta().knownTime == KnownTime(time: 50, boot: "b", uptime: 3))
    _ = try fixture.store.carryOut(.lease(Lease(until: nil)))
    try fixture.reopen()
    #expect(try fixture.store.meta().lease == Lease(until: nil))
  }
}
