import CRDT
import CaseModel
import Foundation
import GRDB
import Replication
import Testing
import WireProtocol

@testable import Storage

/// The key of a record is destroyed: what it says is gone everywhere, and what is chained goes on.
@Suite struct DestroyedKeyTests {
  typealias Fixture = ServerStoreTests.Fixture

  private func filled(_ seed: UInt64) throws -> (fixture: Fixture, record: Identifier) {
    let fixture = try Fixture(seed: seed)
    for _ in 0..<4 { try fixture.commit(entries: 15) }
    try fixture.attach([UInt8](repeating: 5, count: 100_000))
    return (fixture, try #require(fixture.uploads.first).attachment)
  }

  private func code(_ body: () throws -> Void) -> StorageError.Code? {
    do { try body() } catch { return (error as? StorageError)?.code }
    return nil
  }

  private func expectGone(_ record: Identifier, in fixture: Fixture) throws {
    let store = fixture.store
    let reads: [() throws -> Void] = [
      { _ = try store.record(record) }, { _ = try store.enterContent(record) },
      { _ = try store.changes(of: record, after: 0) },
    ]
    for read in reads { #expect(code(read) == .erased) }
    #expect(try store.attachment(record) == nil)
    #expect(try store.content(of: record, at: 0, count: 1) == [])
    #expect(store.isErased(record))
    let scopes: [Scope] =
      [.register, .milestones] + fixture.writer.cases.map(Scope.caseFile)
      + fixture.writer.aliases.map(Scope.alias)
    let sent = try store.outstanding(for: ActorID(rawValue: 3), in: scopes, after: 0, all: true)
    #expect(!sent.isEmpty && !sent.contains { $0.reference.id == record })
    let report = store.verify()
    #expect(report.isSound && report.erasedRecords == 1, "\(report.findings)")
    // The log, the chains' digests and the journals.
    for change in fixture.server.log {
      #expect(try store.digest(of: change.change.header.id, in: change.change.header.record) == change.digest)
    }
    for entry in fixture.server.entries {
      #expect(try store.verdict(on: entry.verdict.entry, of: entry.actor) == entry)
    }
    for id in fixture.server.records.keys where id != record {
      let expected = fixture.server.log.filter { $0.change.header.record == id }.map(\.delivered)
      #expect(try store.changes(of: id, after: 0) == expected)
    }
  }

  @Test("Reading says that it was erased, the check accepts it, and all else is as it was", arguments: 0..<4)
  func destroys(seed: UInt64) throws {
    let (fixture, record) = try filled(seed)
    if seed.isMultiple(of: 2) { try fixture.reopen() }
    try fixture.store.destroyKeys(of: [record], at: 7)
    try expectGone(record, in: fixture)
    // Again, and it stays so.
    try fixture.store.destroyKeys(of: [record], at: 9)
    try fixture.reopen()
    try expectGone(record, in: fixture)
    let reader = try fixture.store.openReader()
    let report = try reader.verify()
    try reader.close()
    #expect(report.isSound && report.erasedRecords == 1)
    #expect(try fixture.store.keys.database.destroyed() == [record: 7])
    _ = try fixture.store.load()
    let unknown = Identifier(high: 1, low: 1)
    #expect(code { try fixture.store.destroyKeys(of: [unknown], at: 1) } == .unknownRecord)
  }

  @Test("Nothing is stored again under its name")
  func staysGone() throws {
    let (fixture, record) = try filled(10)
    try fixture.store.destroyKeys(of: [record], at: 7)
    let position = fixture.store.position
    var server = fixture.server
    var group = server.newGroup()
    let snapshot = try #require(server.records[record])
    let actor = fixture.writer.actors[0]
    let header = ChangeHeader(
      record: record, id: ChangeID(actor: actor, number: snapshot.state.version[actor] + 1),
      author: fixture.writer.accounts[0].id, writtenAt: 1, version: snapshot.state.version)
    server.judge(
      [EncodedChange(header: header, payload: Payload(salt: record, operations: []).encoded)], of: actor,
      into: &group)
    #expect(code { try fixture.store.commit(group) } == .erased)
    #expect(fixture.store.position == position)
    try fixture.commit(entries: 0)
    try expectGone(record, in: fixture)
  }

  @Test("No copy of the key is left in the key database's files")
  func keyIsGone() throws {
    let (fixture, record) = try filled(11)
    let database = fixture.store.keys.database
    let id = try fixture.store.database.read { db in
      let sql = "SELECT key_id FROM record WHERE wire = ?"
      return try #require(try Int64.fetchOne(db, sql: sql, arguments: [Data(record.bytes)]))
    }
    let wrapped = try database.reading { db in
      let sql = "SELECT wrapped FROM record_key WHERE id = ?"
      return try #require(try Data.fetchOne(db, sql: sql, arguments: [id]))
    }
    func holders() throws -> [String] {
      try ["", "-wal"].filter { suffix in
        let file = URL(filePath: database.paths.database + suffix)
        return try Data(contentsOf: file).firstRange(of: wrapped) != nil
      }
    }
    #expect(try !holders().isEmpty)
    try fixture.store.destroyKeys(of: [record], at: 7)
    #expect(try holders() == [])
  }

  @Test("A database that is put back to before it was destroyed cannot be read either", arguments: 0..<3)
  func putBack(_ what: Int) throws {
    let (fixture, record) = try filled(12)
    let home = fixture.directory.path("tenant")
    let files = FileManager.default
    let inKeys = [".keys", ".keys.wrapping"]
    try fixture.store.close()
    let data = fixture.directory.path("before")
    try files.copyItem(atPath: home, toPath: data)
    for name in inKeys { try files.copyItem(atPath: home + name, toPath: data + name) }
    fixture.store = try ServerStore(directory: home)
    try fixture.store.destroyKeys(of: [record], at: 7)
    try fixture.store.close()
    // The tenant's database, the key database, or both; the ledger is never put back.
    if what != 1 {
      try files.removeItem(atPath: home)
      try files.copyItem(atPath: data, toPath: home)
    }
    if what != 0 {
      for name in inKeys {
        try files.removeItem(atPath: home + name)
        try files.copyItem(atPath: data + name, toPath: home + name)
      }
    }
    fixture.store = try ServerStore(directory: home)
    try expectGone(record, in: fixture)
    #expect(try fixture.store.keys.database.destroyed().keys.contains(record))
    let known = try fixture.store.database.read { try ServerStore.destroyedKeys($0) }
    #expect(known.keys.contains(record))
  }

  @Test("A backup from before is restored without what was destroyed since, and a drill reads no more")
  func restoredBackup() throws {
    let (fixture, record) = try filled(13)
    let home = fixture.directory.path("tenant")
    let backup = fixture.directory.path("backup")
    _ = try ServerBackup.make(of: home, to: backup, passphrase: "sixteen characters", at: 1)
    try fixture.store.destroyKeys(of: [record], at: 7)
    let drilled = try ServerBackup.drill(
      from: backup, in: fixture.directory.path("drill"), ledger: home + ".ledger", keys: home + ".keys",
      passphrase: "sixteen characters", epoch: Identifier(high: 5, low: 5))
    #expect(drilled.verification.erasedRecords == 1)
    try fixture.store.close()
    try FileManager.default.removeItem(atPath: home)
    let restored = try ServerBackup.restore(
      from: backup, to: home, passphrase: "sixteen characters", epoch: Identifier(high: 5, low: 6))
    #expect(restored.verification.erasedRecords == 1)
    fixture.store = try ServerStore(directory: home)
    try expectGone(record, in: fixture)
  }

  @Test("What the ledger has is destroyed when the store is opened, though its commit failed")
  func failedCommit() throws {
    let (fixture, record) = try filled(14)
    // The ledger is written last before the commit; a key database that cannot be written fails after it.
    try fixture.store.keys.database.database.write { db in
      try db.execute(
        sql: "CREATE TRIGGER full BEFORE INSERT ON destroyed BEGIN SELECT RAISE(ABORT, ''); END")
    }
    #expect(code { try fixture.store.destroyKeys(of: [record], at: 7) } == .mustReopen)
    #expect(code { _ = try fixture.store.record(record) } == .erased)
    try fixture.store.keys.database.database.write { try $0.execute(sql: "DROP TRIGGER full") }
    #expect(try fixture.store.keys.database.destroyed() == [:])
    try fixture.reopen()
    try expectGone(record, in: fixture)
    #expect(try fixture.store.keys.database.destroyed() == [record: 7])
  }
}
