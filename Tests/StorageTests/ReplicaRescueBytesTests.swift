import CRDT
import CaseModel
import Crypto
import FoundationEssentials
import Testing
import WireProtocol

@testable import Replication
@testable import Storage

/// Bytes of files that were not sent, kept a second time for the tenant alone.
@Suite struct ReplicaRescueBytesTests {
  private let secret = Curve25519.KeyAgreement.PrivateKey()
  private let content = (0..<150_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) }

  private func fixture(_ seed: UInt64) throws -> ReplicaFixture {
    let fixture = try ReplicaFixture(seed: seed)
    var certificate = WireDeviceCertificate()
    certificate.tenantAgreementKey = secret.publicKey.rawRepresentation
    let encoded: [UInt8] = try certificate.serializedBytes()
    try fixture.store.updateMeta { $0.certificate = encoded }
    return fixture
  }

  private func attach(_ fixture: ReplicaFixture, _ content: [UInt8]) throws -> (Identifier, [LinkedEntry]) {
    let id = fixture.random.identifier()
    let draft = CaseWork.attachment(
      id: id, in: fixture.caseID, name: "x", mediaType: "text/plain", size: content.count,
      digest: StoredContent.digest(of: content).bytes, on: try CalendarDay(dayNumber: 18_000))
    let entries = try fixture.store.write(
      [[draft]], attaching: NewAttachment(record: id, content: content), at: 7
    ) { fixture.random.identifier() }
    return (id, entries)
  }

  private func identity(_ fixture: ReplicaFixture) throws -> ClientIdentity {
    let meta = try fixture.store.meta()
    return ClientIdentity(
      tenant: meta.tenant, tenantKey: meta.tenantKey, actor: meta.actor,
      signingKey: try SigningKey(secret: Array(repeating: 7, count: 32)), epoch: meta.epoch, token: nil,
      cursor: [], deliveries: 0, wipes: 0, holdings: Transcript.holdingsDigest([]))
  }

  private func seal(_ fixture: ReplicaFixture) throws {
    let identity = try identity(fixture)
    try fixture.store.sealUnsent(
      as: identity, with: RescuePass(identity, serverURL: "ws://localhost:1", authorityFile: nil))
  }

  private func judge(
    _ entries: [LinkedEntry], _ fixture: ReplicaFixture, refusing code: ErrorCode? = nil
  ) throws {
    var group = fixture.server.newGroup()
    let verdict = fixture.server.judge(
      entries[0].entry.changes, of: fixture.actor, refusing: code, into: &group)
    _ = try fixture.store.apply(verdicts: [verdict])
  }

  /// The pieces of files, as the tenant reads them.
  private func opened(_ fixture: ReplicaFixture) throws -> [SignedBytes] {
    let work = try SealedWork(home: fixture.home)
    defer { work.close() }
    return try (0..<work.count).filter { work.piece($0) != nil }.map { index in
      let item = try #require(try work.item(index))
      let content = try #require(
        TenantSeal.open(
          item.content, secret: Array(secret.rawRepresentation), tenant: fixture.server.tenant.id,
          actor: item.actor))
      let bytes = try SignedBytes(try WireSealedItem(serializedBytes: content).bytes)
      #expect(item.piece?.file == bytes.upload.attachment && item.piece?.start == bytes.offset)
      #expect(item.piece?.length == UInt64(bytes.content.count))
      return bytes
    }
  }

  private func rows(_ fixture: ReplicaFixture) throws -> Int { try opened(fixture).count }

  @Test("A file is sealed once, in pieces that come to it, and goes when the server has it")
  func sealing() throws {
    let fixture = try fixture(1)
    let (id, entries) = try attach(fixture, content)
    let (empty, _) = try attach(fixture, [])
    #expect(try fixture.store.needsSealing())
    let before = try SealedWork(home: fixture.home)
    #expect(before.unsentFiles == 2 && before.unsealedFiles == 2)
    before.close()
    try seal(fixture)
    let pieces = try opened(fixture)
    #expect(pieces.map(\.upload.attachment) == [id, id, id, empty])
    #expect(pieces.flatMap(\.content) == content && pieces.map(\.content.count).last == 0)
    let key = try VerifyingKey(bytes: try identity(fixture).signingKey.publicKey)
    for piece in pieces {
      let signed = Transcript.rescueBytes(
        tenant: fixture.server.tenant.id, actor: fixture.actor, attachment: piece.upload.attachment,
        size: piece.upload.size, digest: piece.upload.digest)
      #expect(key.isValid(piece.signature, over: signed, for: .rescueBytes))
    }
    let work = try SealedWork(home: fixture.home)
    #expect(work.unsentFiles == 2 && work.unsealedFiles == 0)
    work.close()
    // Sealing again seals nothing anew, and the replica is sound.
    let items = try SealedWork(home: fixture.home)
    let first = try items.item(items.count - 1)
    try seal(fixture)
    #expect(try items.item(items.count - 1) == first)
    items.close()
    #expect(try fixture.store.verify().isSound)

    try judge(entries, fixture)
    try fixture.store.carryOut(.sent(id, bytes: 65_536, isComplete: false))
    #expect(try rows(fixture) == 4)
    try fixture.store.carryOut(.sent(id, bytes: 150_000, isComplete: true))
    #expect(try opened(fixture).map(\.upload.attachment) == [empty])
  }

  @Test("What was broken off is gone on with, and what a refused record names is let go of")
  func goingOn() throws {
    let fixture = try fixture(2)
    let (id, entries) = try attach(fixture, content)
    try seal(fixture)
    try fixture.store.writing { db, _ in
      try db.run("DELETE FROM sealed_bytes WHERE start > 0", [])
    }
    let broken = try SealedWork(home: fixture.home)
    #expect(broken.unsealedFiles == 1)
    broken.close()
    try seal(fixture)
    #expect(try opened(fixture).flatMap(\.content) == content)
    try judge(entries, fixture, refusing: .forbidden)
    #expect(try fixture.store.needsSealing())
    try seal(fixture)
    #expect(try rows(fixture) == 0 && !fixture.store.needsSealing())
    #expect(try fixture.store.attachmentState(id)?.isOwn == true)
  }

  @Test("Of what leaves the scope the pieces stay, and of what was erased none")
  func exits() throws {
    for erased in [false, true] {
      let fixture = try fixture(3)
      let (id, entries) = try attach(fixture, content)
      try seal(fixture)
      try judge(entries, fixture)
      try fixture.store.exit(
        [HeldRecord(record: id, generation: 1)], erased: erased ? [id] : [], at: 9)
      #expect(try rows(fixture) == (erased ? 0 : 3))
      // They stay: this device has no other copy.
      _ = try attach(fixture, [1])
      try seal(fixture)
      #expect(try rows(fixture) == (erased ? 1 : 4))
      if !erased {
        try fixture.store.exit([HeldRecord(record: id, generation: 1)], erased: [id], at: 10)
        #expect(try rows(fixture) == 1)
      }
    }
  }

  @Test("Under a new actor files are sealed anew")
  func succession() throws {
    let fixture = try fixture(4)
    _ = try attach(fixture, content)
    try seal(fixture)
    try fixture.succeed()
    try seal(fixture)
    let work = try SealedWork(home: fixture.home)
    let actor = try fixture.store.meta().actor
    #expect(work.count > 3 && actor != fixture.actor)
    for index in 0..<work.count { #expect(try work.item(index)?.actor == actor) }
    work.close()
  }
}
