import CRDT
import Crypto
import FoundationEssentials
import Testing
import WireProtocol

@testable import Replication
@testable import Storage

/// Unsent work that is kept a second time, for the tenant alone, and read without the replica's keys.
@Suite struct ReplicaRescueTests {
  private let secret = Curve25519.KeyAgreement.PrivateKey()

  private func fixture(_ seed: UInt64) throws -> ReplicaFixture {
    let fixture = try ReplicaFixture(seed: seed)
    var certificate = WireDeviceCertificate()
    certificate.tenantAgreementKey = secret.publicKey.rawRepresentation
    let encoded: [UInt8] = try certificate.serializedBytes()
    try fixture.store.updateMeta { $0.certificate = encoded }
    return fixture
  }

  private func write(_ fixture: ReplicaFixture, _ count: Int) throws -> [LinkedEntry] {
    try (0..<count).flatMap { _ in
      let assign = Operation(
        field: FieldID(rawValue: 1), action: .assign(.text(RandomWriter.canary)))
      return try fixture.write([
        [fixture.draft(fixture.random.identifier(), isNew: true, operations: [assign])]
      ])
    }
  }

  private func identity(_ fixture: ReplicaFixture) throws -> ClientIdentity {
    let meta = try fixture.store.meta()
    return ClientIdentity(
      tenant: meta.tenant, tenantKey: meta.tenantKey, actor: meta.actor,
      signingKey: try SigningKey(secret: Array(repeating: 7, count: 32)), epoch: meta.epoch, token: nil,
      cursor: [], deliveries: 0, wipes: 0, holdings: Transcript.holdingsDigest([]))
  }

  @discardableResult
  private func seal(_ fixture: ReplicaFixture) throws -> Int {
    let identity = try identity(fixture)
    return try fixture.store.sealUnsent(
      as: identity, with: RescuePass(identity, serverURL: "ws://localhost:1", authorityFile: nil))
  }

  /// The numbers of the entries in each item, as the tenant reads them.
  private func opened(_ fixture: ReplicaFixture) throws -> [[UInt64]] {
    let work = try SealedWork(home: fixture.home)
    defer { work.close() }
    return try (0..<work.count).map { index in
      let item = try #require(try work.item(index))
      let content = try #require(
        TenantSeal.open(
          item.content, secret: Array(secret.rawRepresentation), tenant: fixture.server.tenant.id,
          actor: item.actor))
      let push = try Push(try WireSealedItem(serializedBytes: content).push)
      #expect(
        try VerifyingKey(bytes: try identity(fixture).signingKey.publicKey).isValid(
          push.signature,
          over: Push.proof(
            of: try fixture.store.pendingEntries(after: 0, limit: 99).filter { entry in
              push.entries.contains { $0.number == entry.entry.number }
            }, after: .start(tenant: fixture.server.tenant.id, actor: item.actor)),
          tenant: fixture.server.tenant.id, actor: item.actor))
      return push.entries.map(\.number)
    }
  }

  private func isOnDisk(_ text: String, _ fixture: ReplicaFixture) throws -> Bool {
    try FileManager.default.contentsOfDirectory(atPath: fixture.home).contains { name in
      try Data(contentsOf: URL(filePath: fixture.home + "/" + name)).firstRange(of: Data(text.utf8)) != nil
    }
  }

  @Test("What is unsent is sealed once, whoever has the disk reads none of it, and verdicts clear it")
  func sealing() throws {
    let fixture = try fixture(1)
    #expect(try seal(fixture) == 0)
    let entries = try write(fixture, 3)
    #expect(try seal(fixture) == 3)
    #expect(try seal(fixture) == 0)
    let later = try write(fixture, 2)
    #expect(try seal(fixture) == 2)
    #expect(try opened(fixture) == [[1, 2, 3], [4, 5]])
    try fixture.store.flush()
    #expect(try !isOnDisk(RandomWriter.canary, fixture))
    let work = try SealedWork(home: fixture.home)
    #expect(work.unsentEntries == 5 && work.sealedEntries == 5)
    #expect(work.pass?.serverURL == "ws://localhost:1")
    // Sealed work changes nothing of the replica.
    #expect(try fixture.store.verify().isSound && fixture.store.isComplete())
    #expect(try fixture.store.pendingEntries(after: 0, limit: 99).count == 5)

    var group = fixture.server.newGroup()
    for (number, entry) in (entries + later).enumerated() {
      let verdict = fixture.server.judge(entry.entry.changes, of: fixture.actor, refusing: nil, into: &group)
      _ = try fixture.store.apply(verdicts: [verdict])
      let left = try SealedWork(home: fixture.home)
      // An item goes with its last entry.
      #expect(left.count == (number < 2 ? 2 : number < 4 ? 1 : 0), "\(number)")
      #expect(left.unsentEntries == 4 - number)
      left.close()
    }
    // Somebody who was reading finds what he read about gone, and is told so.
    #expect(try work.item(0) == nil)
    work.close()
    #expect(try seal(fixture) == 0)
  }

  @Test("Under a new actor what waits is sealed anew, and the old seals are gone")
  func succession() throws {
    let fixture = try fixture(2)
    _ = try write(fixture, 2)
    try seal(fixture)
    try fixture.succeed()
    #expect(try opened(fixture).isEmpty)
    #expect(try seal(fixture) == 2)
    let work = try SealedWork(home: fixture.home)
    let actor = try fixture.store.meta().actor
    #expect(try work.item(0)?.actor == actor && work.pass?.actor == actor && actor != fixture.actor)
    work.close()
  }

  @Test("Without the tenant's key nothing is sealed, and a folder without a replica says so")
  func nothing() throws {
    let fixture = try ReplicaFixture(seed: 3)
    _ = try write(fixture, 1)
    #expect(try seal(fixture) == 0)
    let work = try SealedWork(home: fixture.home)
    #expect(work.pass == nil && work.count == 0 && work.unsentEntries == 1)
    work.close()
    #expect(throws: StorageError.self) { try SealedWork(home: fixture.home + "-none") }
  }

  @Test("Somebody who locks, or nobody who uses it, closes a replica")
  func locking() throws {
    let directory = try TemporaryDirectory()
    let home = directory.path("home")
    try PrivateFiles.makeDirectory(home)
    let watch = LockWatch(home: home, patience: .seconds(60))
    let forever = LockWatch(home: home, patience: nil)
    let now = Int64(Date.now.timeIntervalSince1970) * 1_000_000_000
    #expect(!watch.isOver(at: now) && !forever.isOver(at: now + 1_000_000_000_000))
    #expect(watch.isOver(at: now + 120_000_000_000))
    // Somebody used it meanwhile.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: Double(now / 1_000_000_000) + 100)],
      ofItemAtPath: home + "/used")
    #expect(!watch.isOver(at: now + 120_000_000_000))
    LockWatch.lock(home: home)
    #expect(watch.isOver(at: now) && forever.isOver(at: now))
    #expect(!LockWatch(home: home, patience: nil).isOver(at: now))
  }
}
