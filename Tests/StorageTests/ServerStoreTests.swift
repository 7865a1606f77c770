import CRDT
import CaseModel
import FoundationEssentials
import GRDB
import Replication
import Testing
import WireProtocol

@testable import Storage

/// The server's store against a log in memory.
@Suite struct ServerStoreTests {
  /// A store and the model of what was committed to it.
  final class Fixture {
    let directory: TemporaryDirectory
    var store: ServerStore
    var server: ModelServer
    var writer: RandomWriter
    let keys: RecordKeyOptions
    /// What was attached.
    var uploads: [Upload] = []

    /// - Parameter format: `null` where a test looks for what is written.
    init(seed: UInt64, _ format: SealedValue.Format = .sealed) throws {
      var keys = RecordKeyOptions()
      keys.format = format
      self.keys = keys
      directory = try TemporaryDirectory()
      server = ModelServer(seed: seed)
      writer = RandomWriter(seed: seed)
      store = try ServerStore.create(in: directory.path("tenant"), keys: keys, tenant: server.tenant)
      var group = server.newGroup()
      group.accounts = writer.accounts
      try store.commit(group)
    }

    deinit { try? store.close() }

    func commit(entries: Int) throws {
      var group = server.newGroup()
      for _ in 0..<entries { writer.write(on: &server, into: &group) }
      try store.commit(group)
    }

    /// Commits entries of one actor after another, as when devices push what they wrote offline.
    func commit(together entries: Int) throws {
      var group = server.newGroup()
      for index in writer.actors.indices {
        for _ in 0..<entries { writer.write(by: index, on: &server, at: server.now, into: &group) }
      }
      try store.commit(group)
    }

    func reopen() throws {
      try store.close()
      store = try ServerStore(directory: directory.path("tenant"), keys: keys)
    }

    /// Copies what a crash would leave: the folder and the keys, without their locks.
    func copy(to name: String) throws -> String {
      let copy = directory.path(name)
      try FileManager.default.copyItem(atPath: directory.path("tenant"), toPath: copy)
      for suffix in [".keys", ".keys-wal", ".keys.wrapping"] {
        try FileManager.default.copyItem(atPath: directory.path("tenant" + suffix), toPath: copy + suffix)
      }
      return copy
    }

    var persons: [Identifier: Identifier] {
      Dictionary(uniqueKeysWithValues: writer.accounts.map { ($0.id, $0.person) })
    }
  }

  @Test("A record is what replaying all its changes gives, whenever the store was opened", arguments: 0..<12)
  func recordsEqualReplay(seed: UInt64) throws {
    let fixture = try Fixture(seed: seed)
    for round in 0..<30 {
      try fixture.commit(entries: Int.random(in: 1...25, using: &fixture.writer.random))
      if fixture.writer.random.oneIn(5) { try fixture.reopen() }
      guard round.isMultiple(of: 3) else { continue }
      for (id, expected) in fixture.server.records {
        #expect(try fixture.store.record(id)?.encoded == expected.encoded)
        #expect(try fixture.store.enterContent(id) == expected.encoded)
      }
    }
    try fixture.reopen()
    for (id, expected) in fixture.server.records {
      #expect(try fixture.store.enterContent(id) == expected.encoded)
      #expect(try fixture.store.record(id)?.encoded == expected.encoded)
    }
    #expect(fixture.store.verify().isSound)
    #expect(fixture.store.position == fixture.server.position)
  }

  @Test("Changes, digests and verdicts come back as they were committed", arguments: 20..<24)
  func logComesBack(seed: UInt64) throws {
    let fixture = try Fixture(seed: seed)
    for _ in 0..<10 { try fixture.commit(entries: 20) }
    try fixture.commit(together: 150)
    try fixture.reopen()
    for change in fixture.server.log {
      let header = change.change.header
      #expect(try fixture.store.digest(of: header.id, in: header.record) == change.digest)
    }
    for entry in fixture.server.entries {
      #expect(try fixture.store.verdict(on: entry.verdict.entry, of: entry.actor) == entry)
    }
    for id in fixture.server.records.keys {
      let after = UInt64.random(in: 0...fixture.server.position, using: &fixture.writer.random)
      let expected = fixture.server.log.filter { $0.change.header.record == id && $0.position > after }
      #expect(try fixture.store.changes(of: id, after: after) == expected.map(\.delivered))
    }
    let stranger = ChangeID(actor: ActorID(rawValue: 5), number: 1)
    let known = try #require(fixture.server.records.keys.first)
    #expect(try fixture.store.digest(of: stranger, in: known) == nil)
    #expect(try fixture.store.record(Identifier(high: 1, low: 1)) == nil)
    #expect(try fixture.store.verdict(on: 1, of: ActorID(rawValue: 5)) == nil)
  }

  @Test("A verdict on changes that stand elsewhere in the log comes back, beside those of their own run")
  func verdictsOnEarlierChangesComeBack() throws {
    let fixture = try Fixture(seed: 25)
    try fixture.commit(entries: 30)
    let actor = fixture.writer.actors[0]
    let other = try #require(fixture.server.entries.last { $0.actor == fixture.writer.actors[1] })
    var group = fixture.server.newGroup()
    fixture.writer.write(by: 0, on: &fixture.server, into: &group)
    // Its stamps are those of changes that came earlier, as after a restore.
    let journal = fixture.server.journal(of: actor)
    let again = JudgedEntry(
      actor: actor, journal: JournalHead(entries: journal.entries + 1, digest: other.journal.digest),
      verdict: EntryVerdict(
        entry: journal.entries + 1, refusal: nil, receivedAt: other.verdict.receivedAt,
        seals: other.verdict.seals))
    group.entries.append(again)
    try fixture.store.commit(group)
    try fixture.reopen()
    #expect(try fixture.store.verdict(on: again.verdict.entry, of: actor) == again)
    for entry in fixture.server.entries {
      #expect(try fixture.store.verdict(on: entry.verdict.entry, of: entry.actor) == entry)
    }
    let report = fixture.store.verify()
    #expect(report.isSound, "\(report.findings)")
  }

  @Test("What is outstanding is what looking at every record finds", arguments: 40..<48)
  func outstandingEqualsNaive(seed: UInt64) throws {
    let fixture = try Fixture(seed: seed)
    let actor = fixture.writer.actors[0]
    for _ in 0..<12 {
      try fixture.commit(entries: 15)
      var group = fixture.server.newGroup()
      for id in fixture.writer.ids where fixture.writer.random.oneIn(6) {
        let position = UInt64.random(in: 0...fixture.server.position, using: &fixture.writer.random)
        if fixture.server.records[id] != nil {
          fixture.server.hold(id, by: actor, at: position, into: &group)
        }
      }
      try fixture.store.commit(group)
      for all in [false, true] {
        let position = UInt64.random(in: 0...fixture.server.position, using: &fixture.writer.random)
        let candidates: [Scope] =
          [.register, .milestones] + fixture.writer.cases.map(Scope.caseFile)
          + fixture.writer.aliases.map(Scope.alias)
        let scopes = candidates.filter { _ in fixture.writer.random.oneIn(2) }
        let found = try fixture.store.outstanding(for: actor, in: scopes, after: position, all: all)
        let expected = fixture.server.outstanding(
          for: actor, in: scopes, after: position, all: all, persons: fixture.persons)
        #expect(found == expected)
      }
    }
  }

  @Test("Scopes are looked up by index")
  func outstandingUsesIndices() throws {
    let fixture = try Fixture(seed: 60)
    try fixture.commit(entries: 50)
    for (condition, index) in [
      ("r.placement = 1 AND r.head_position > 5", "record_register"),
      ("r.placement = 2 AND r.head_position > 5", "record_milestone"),
      ("r.home = x'00' AND r.placement IN (2, 3) AND r.head_position > 5", "record_home"),
    ] {
      let plan = try fixture.store.database.read { db in
        try Row.fetchAll(
          db,
          sql: """
            EXPLAIN QUERY PLAN SELECT r.id, h.generation FROM record r
            LEFT JOIN holding h ON h.actor = 1 AND h.record = r.id WHERE \(condition)
            """
        ).map { $0["detail"] as String }
      }
      #expect(plan.contains { $0.contains("INDEX \(index) ") && $0.contains("head_position>?") })
      #expect(plan.contains { $0.contains("h USING PRIMARY KEY (actor=? AND record=?)") })
    }
  }

  @Test("Codes that expired long ago go, and those that are left lose the names of who was erased")
  func oldCodesGo() throws {
    let fixture = try Fixture(seed: 62)
    let erased = Identifier(high: 5, low: 6)
    func code(_ id: UInt64, of person: Identifier, until end: Int64) -> PendingCode {
      PendingCode(
        id: id, verifier: Digest(hashing: [1]), role: .coreTeam, person: person, personName: "Ny",
        account: nil, expiresAt: end)
    }
    var group = fixture.server.newGroup()
    group.codes = [code(1, of: erased, until: 99), code(2, of: erased, until: 100)]
    try fixture.store.commit(group)
    group = fixture.server.newGroup()
    group.codes = [code(3, of: Identifier(high: 7, low: 8), until: 500)]
    group.codesKeptFrom = 100
    try fixture.store.commit(group)
    try fixture.reopen()
    var codes = try fixture.store.load().directory.codes
    #expect(Set(codes.keys) == [2, 3] && codes.values.allSatisfy { $0.personName == "Ny" })
    group = fixture.server.newGroup()
    group.erasedPersons = [erased]
    try fixture.store.commit(group)
    try fixture.reopen()
    codes = try fixture.store.load().directory.codes
    #expect(codes[2]?.personName == "" && codes[3]?.personName == "Ny")
  }

  @Test("The directory and what governs access come back")
  func directoryComesBack() throws {
    let fixture = try Fixture(seed: 61)
    var group = fixture.server.newGroup()
    let actor = fixture.writer.actors[1]
    var device = Device(
      id: Identifier(high: 1, low: 2), actor: actor, account: fixture.writer.accounts[1].id, name: "Bærbar",
      signingKey: Array(repeating: 1, count: 32), agreementKey: Array(repeating: 2, count: 32),
      journal: fixture.server.journal(of: actor), isConfirmed: false)
    let code = PendingCode(
      id: .max, verifier: EnrolmentCode.verifier(of: Identifier(high: 3, low: 4)), role: .coreTeam,
      person: Identifier(high: 5, low: 6), personName: "Ny", account: nil, expiresAt: 99,
      isRemote: true)
    group.devices[actor] = device
    group.codes = [code]
    try fixture.store.commit(group)
    try fixture.reopen()
    #expect(try fixture.store.load().directory.devices[actor]?.isConfirmed == false)
    device.isConfirmed = true
    for _ in 0..<8 { try fixture.commit(entries: 20) }
    device.journal = fixture.server.journal(of: actor)
    device.token = Identifier(high: 8, low: 8)
    device.deliveries = 12
    group = fixture.server.newGroup()
    group.devices[actor] = device
    try fixture.store.commit(group)
    try fixture.reopen()

    let loaded = try fixture.store.load()
    #expect(loaded.position == fixture.server.position)
    #expect(loaded.directory.devices == [actor: device])
    #expect(loaded.directory.codes == [code.id: code])
    #expect(Set(loaded.directory.accounts.values) == Set(fixture.writer.accounts))
    #expect(loaded.directory.tenant.id == fixture.server.tenant.id)
    var expected = GoverningState()
    for account in fixture.writer.accounts { expected.setRole(account.role, of: account.person) }
    for snapshot in fixture.server.records.values {
      let creator = snapshot.creator.flatMap { fixture.persons[$0] }
      if let record = CaseRecord(snapshot, creator: creator) { expected.update(with: record) }
    }
    for account in fixture.writer.accounts {
      #expect(loaded.governing.role(of: account.person) == expected.role(of: account.person))
      let scopes = loaded.governing.scopes(of: account.person, at: 0)
      #expect(scopes == expected.scopes(of: account.person, at: 0))
    }
    for snapshot in fixture.server.records.values where snapshot.facts?.kind == RecordKind.case.rawValue {
      #expect(loaded.governing.governance(of: snapshot.record) == expected.governance(of: snapshot.record))
    }
    // A cursor beyond this brings nothing twice after a restart, and one before it nothing too little.
    var changedAt: [Identifier: UInt64] = [:]
    for logged in fixture.server.log {
      guard let facts = fixture.server.records[logged.change.header.record]?.facts,
        RecordKind(rawValue: facts.kind).governsAccess, let caseID = facts.caseID
      else { continue }
      for person in expected.involvedPersons(in: caseID) { changedAt[person] = logged.position }
    }
    #expect(loaded.accessChangedAt == changedAt && !changedAt.isEmpty)
    let counts = try fixture.store.counts()
    #expect(counts.changes == fixture.server.log.count && counts.records == fixture.server.records.count)
    #expect(counts.devices == 1 && counts.accounts == 4 && counts.databaseBytes > 0)
  }

  @Test("A snapshot is written rarely: the bytes of snapshots stay in proportion to the changes")
  func snapshotsAreAmortised() throws {
    let directory = try TemporaryDirectory()
    var server = ModelServer(seed: 70)
    let store = try ServerStore.create(in: directory.path("tenant"), tenant: server.tenant)
    let actor = ActorID(rawValue: 9)
    let record = Identifier(high: 1, low: 1)
    var snapshots = 0
    for number in 1...600 {
      var version = VersionVector()
      version[setting: actor] = UInt64(number - 1)
      let facts = RecordFacts(tenant: server.tenant.id, caseID: nil, kind: 1, created: 0)
      let header = ChangeHeader(
        record: record, id: ChangeID(actor: actor, number: UInt64(number)), author: record, writtenAt: 0,
        version: version, creates: number == 1 ? facts : nil)
      let operation = Operation(field: FieldID(rawValue: 1), action: .add(.integer(Int64(number))))
      let change = EncodedChange(
        header: header, payload: Payload(salt: record, operations: [operation]).encoded)
      var group = server.newGroup()
      server.judge([change], of: actor, into: &group)
      try store.commit(group)
      let position = try store.database.read { try Int.fetchOne($0, sql: "SELECT position FROM snapshot") }
      if position == number { snapshots += 1 }
    }
    // At 1, then every 32 up to 128 live operations, then whenever the record has grown by a third.
    #expect((5...16).contains(snapshots))
    try store.close()
  }
}
