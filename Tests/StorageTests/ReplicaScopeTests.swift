import CRDT
import CaseModel
import Crypto
import FoundationEssentials
import GRDB
import Testing
import WireProtocol

@testable import Replication
@testable import Storage

/// What left a device's scope: not shown, not written to, wiped from its files, and never brought back by
/// what is older.
@Suite struct ReplicaScopeTests {
  private static let canary = "canary-of-what-left"
  private let secret = Curve25519.KeyAgreement.PrivateKey()

  /// A replica that knows the tenant's key, with a record of the other device's and one note of its own.
  private func fixture(_ seed: UInt64) throws -> (fixture: ReplicaFixture, received: Identifier) {
    // Nothing is hidden, so that what is left can be found.
    let fixture = try ReplicaFixture(seed: seed, seal: StoreSeal(try .generated(), .null))
    var certificate = WireDeviceCertificate()
    certificate.tenantAgreementKey = secret.publicKey.rawRepresentation
    let encoded: [UInt8] = try certificate.serializedBytes()
    try fixture.store.updateMeta { $0.certificate = encoded }
    let id = fixture.random.identifier()
    _ = fixture.writeElsewhere(id)
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [try fixture.enter(id, generation: 2)]))
    _ = try fixture.store.apply(delivery: fixture.delivery(changes: [fixture.writeElsewhere(id)]))
    return (fixture, id)
  }

  private func assign(_ text: String) -> Operation {
    Operation(field: FieldID(rawValue: 1), action: .assign(.text(text)))
  }

  /// Writes into a record, with the verdict.
  private func writeJudged(
    _ text: String, in id: Identifier, _ fixture: ReplicaFixture, refusing code: ErrorCode? = nil
  ) throws -> EntryVerdict {
    let entry = try fixture.write([[fixture.draft(id, isNew: false, operations: [assign(text)])]])[0]
    var group = fixture.server.newGroup()
    return fixture.server.judge(entry.entry.changes, of: fixture.actor, refusing: code, into: &group)
  }

  private func exit(_ fixture: ReplicaFixture, _ id: Identifier, _ generation: UInt64 = 2) throws {
    _ = try fixture.store.carryOut(.exit([HeldRecord(record: id, generation: generation)], erased: [], at: 7))
  }

  private func wiped(_ fixture: ReplicaFixture, _ id: Identifier, _ generation: UInt64 = 2) throws
    -> WipedRecord?
  {
    try fixture.store.wiped(of: [HeldRecord(record: id, generation: generation)]).first
  }

  /// Whether a text stands in any file of the replica.
  private func isOnDisk(_ text: String, _ fixture: ReplicaFixture) throws -> Bool {
    try FileManager.default.contentsOfDirectory(atPath: fixture.home).contains { name in
      try Data(contentsOf: URL(filePath: fixture.home + "/" + name)).firstRange(of: Data(text.utf8)) != nil
    }
  }

  @Test("It is gone from the files at once, whoever wrote it")
  func wipedFromTheDisk() throws {
    let (fixture, id) = try fixture(1)
    let verdict = try writeJudged(Self.canary, in: id, fixture)
    _ = try fixture.store.apply(verdicts: [verdict])
    try fixture.store.flush()
    // The same search finds what is there.
    #expect(try isOnDisk(Self.canary, fixture) && isOnDisk(RandomWriter.canary, fixture))
    try fixture.store.updateMeta { $0.personName = "x" }
    try exit(fixture, id)
    #expect(try !isOnDisk(Self.canary, fixture) && !isOnDisk(RandomWriter.canary, fixture))
    #expect(try fixture.store.record(id) == nil && fixture.store.records().isEmpty)
    #expect(try fixture.store.history(of: id).isEmpty && fixture.store.snapshot(of: id)?.facts == nil)
    #expect(try wiped(fixture, id) == WipedRecord(.init(record: id, generation: 2), at: 7, sealedItems: 1))
    #expect(try fixture.store.holdings(enteredAfter: nil).isEmpty)
    try fixture.reopen()
    #expect(try fixture.store.verify().isSound && fixture.store.record(id) == nil)
  }

  @Test("Of what was erased nothing is kept, own work neither")
  func erasedLeavesNothing() throws {
    let (fixture, id) = try fixture(3)
    _ = try fixture.store.apply(verdicts: [try writeJudged(Self.canary, in: id, fixture)])
    let pending = try writeJudged(Self.canary + "2", in: id, fixture, refusing: .erased)
    _ = try fixture.store.carryOut(
      .exit([HeldRecord(record: id, generation: 2)], erased: [id], at: 7))
    #expect(try wiped(fixture, id) == nil)
    _ = try fixture.store.apply(verdicts: [pending])
    #expect(
      try wiped(fixture, id)
        == WipedRecord(.init(record: id, generation: 2), at: pending.receivedAt, sealedItems: 0))
    #expect(try fixture.store.sealedItems().isEmpty && !isOnDisk(Self.canary, fixture))
    #expect(try fixture.store.refused().map(\.refusal.code) == [.erased])
    #expect(try fixture.store.verify().isSound)
  }

  @Test("What waits is not brought into a record that left since it was asked for")
  func acceptedTooLate() throws {
    let (fixture, id) = try fixture(4)
    _ = try fixture.store.apply(verdicts: [try writeJudged("taken", in: id, fixture)])
    let actor = ActorID(rawValue: 99)
    let header = ChangeHeader(
      record: id, id: ChangeID(actor: actor, number: 1), author: fixture.random.identifier(), writtenAt: 1,
      version: VersionVector())
    let payload = Payload(salt: fixture.random.identifier(), operations: [assign(Self.canary)]).encoded
    let offered = OfferedChange(
      change: EncodedChange(header: header, payload: payload),
      previous: Chain.start(tenant: fixture.server.tenant.id, record: id, actor: actor),
      stamp: ChangeStamp(
        receivedAt: 1, isAccepted: false,
        seal: Seal(epoch: fixture.server.tenant.epoch, sealedPosition: 0, mac: id)))
    let waiting = try ReceivedQuarantine(
      .with {
        $0.name = QuarantineName(actor: actor, entry: 1).message
        $0.account = .init(header.author.bytes)
        $0.changes = [offered.message]
      })
    try exit(fixture, id)
    let entries = try fixture.store.status().pendingEntries
    #expect(try fixture.store.accept(waiting, at: 9) == false)
    #expect(try fixture.store.status().pendingEntries == entries && !isOnDisk(Self.canary, fixture))
    #expect(try fixture.store.verify().isSound)
  }

  @Test("Own work is kept for the tenant alone")
  func ownWorkIsSealed() throws {
    let (fixture, id) = try fixture(2)
    let first = try writeJudged("taken", in: id, fixture)
    _ = try fixture.store.apply(verdicts: [first])
    let second = try writeJudged("refused", in: id, fixture, refusing: .forbidden)
    _ = try fixture.store.apply(verdicts: [second])
    try exit(fixture, id)
    let meta = try fixture.store.meta()
    let items = try fixture.store.sealedItems().map { sealed in
      let opened = try #require(
        TenantSeal.open(
          sealed, secret: Array(secret.rawRepresentation), tenant: meta.tenant, actor: meta.actor))
      return try WireSealedItem(serializedBytes: opened)
    }
    let operations = try items.map { try Payload(encoded: Array($0.change.payload)).operations }
    #expect(operations == [[assign("taken")], [assign("refused")]])
    #expect(items.map { $0.change.stamp.verdict } == [.verdictAccepted, .verdictRefused])
    // Nobody else opens it, and nothing altered opens.
    let other = Curve25519.KeyAgreement.PrivateKey()
    var sealed = try #require(try fixture.store.sealedItems().first)
    func opens(_ key: Curve25519.KeyAgreement.PrivateKey) -> Bool {
      TenantSeal.open(
        sealed, secret: Array(key.rawRepresentation), tenant: meta.tenant, actor: meta.actor) != nil
    }
    #expect(opens(secret) && !opens(other))
    sealed[sealed.count - 1] ^= 1
    #expect(!opens(secret))
    // That it was refused is known; what it was is not.
    #expect(try fixture.store.refused().map(\.entry.changes) == [[]])
    // The journal goes on.
    let next = fixture.random.identifier()
    try fixture.write([[fixture.draft(next, isNew: true, operations: [assign("after")])]])
    #expect(try fixture.store.journal().entries == 3 && fixture.store.verify().isSound)
  }

  @Test("What waits for its verdict holds the wiping up, and nothing is shown meanwhile")
  func unsentWork() throws {
    let (fixture, id) = try fixture(3)
    let verdict = try writeJudged(Self.canary, in: id, fixture, refusing: .notAvailable)
    try exit(fixture, id)
    #expect(try fixture.store.record(id) == nil && fixture.store.records().isEmpty)
    #expect(try wiped(fixture, id) == nil && fixture.store.status().pendingEntries == 1)
    #expect(throws: StorageError.self) {
      try fixture.write([[fixture.draft(id, isNew: false, operations: [assign("more")])]])
    }
    try fixture.reopen()
    #expect(try fixture.store.record(id) == nil)
    #expect(try fixture.store.pendingEntries(after: 0, limit: 9).first?.entry.changes.count == 1)
    _ = try fixture.store.apply(verdicts: [verdict])
    #expect(try wiped(fixture, id)?.sealedItems == 1)
    #expect(try !isOnDisk(Self.canary, fixture))
  }

  @Test("Only a later generation brings it back")
  func laterGeneration() throws {
    let (fixture, id) = try fixture(4)
    try exit(fixture, id, 2)
    for generation in [UInt64(1), 2] {
      _ = try fixture.store.apply(
        delivery: fixture.delivery(enters: [try fixture.enter(id, generation: generation)]))
      #expect(try fixture.store.record(id) == nil)
    }
    #expect(throws: StorageError.self) {
      _ = try fixture.store.apply(delivery: fixture.delivery(changes: [fixture.writeElsewhere(id)]))
    }
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [try fixture.enter(id, generation: 3)]))
    #expect(try fixture.store.record(id)?.state == fixture.server.records[id]?.state)
    // An exit of what was there before leaves it alone, and of that nothing is left.
    try exit(fixture, id, 2)
    #expect(try fixture.store.record(id) != nil && wiped(fixture, id) != nil)
    #expect(try fixture.store.holdings(enteredAfter: nil).map(\.generation) == [3])
  }

  @Test("Under a new actor generations begin again: what left before enters with the first")
  func entersUnderANewActor() throws {
    let (fixture, id) = try fixture(6)
    try exit(fixture, id, 2)
    try fixture.succeed()
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [try fixture.enter(id, generation: 1)]))
    #expect(try fixture.store.record(id)?.state == fixture.server.records[id]?.state)
    #expect(try fixture.store.holdings(enteredAfter: nil) == [HeldRecord(record: id, generation: 1)])
    try fixture.reopen()
    #expect(try fixture.store.record(id) != nil && fixture.store.verify().isSound)
  }

  @Test("What entered with a later delivery is listed")
  func listing() throws {
    let (fixture, id) = try fixture(5)
    let late = fixture.random.identifier()
    _ = fixture.writeElsewhere(late)
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [try fixture.enter(late)]))
    #expect(Set(try fixture.store.holdings(enteredAfter: nil).map(\.record)) == [id, late])
    #expect(try fixture.store.holdings(enteredAfter: 2).map(\.record) == [late])
    #expect(try fixture.store.holdings(enteredAfter: 3).isEmpty)
  }
}
