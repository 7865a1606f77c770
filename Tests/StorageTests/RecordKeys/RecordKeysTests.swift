import CRDT
import CaseModel
import Foundation
import GRDB
import Replication
import Testing
import WireProtocol

@testable import Storage

/// Keys are given once, told, found again, wrapped anew and backed up.
@Suite struct RecordKeysTests {
  typealias Fixture = ServerStoreTests.Fixture

  private func code(_ body: () throws -> Void) -> StorageError.Code? {
    do { try body() } catch { return (error as? StorageError)?.code }
    return nil
  }

  /// Which record has which key, as either database has it.
  private func owners(_ fixture: Fixture) throws -> (tenant: [Int64: Data], keys: [Int64: Data]) {
    func pairs(_ db: Database, _ sql: String) throws -> [Int64: Data] {
      Dictionary(uniqueKeysWithValues: try Row.fetchAll(db, sql: sql).map { ($0[0] as Int64, $0[1] as Data) })
    }
    return (
      try fixture.store.database.read { try pairs($0, "SELECT key_id, wire FROM record") },
      try fixture.store.keys.database.database.read {
        try pairs($0, "SELECT id, record FROM record_key WHERE record IS NOT NULL")
      }
    )
  }

  @Test("Each record has a key of its own, and both databases say which", arguments: 0..<4)
  func ownKeys(seed: UInt64) throws {
    let fixture = try Fixture(seed: seed)
    for round in 0..<20 {
      if round.isMultiple(of: 4) {
        // A group that fails gives its keys back.
        var (server, writer, group) = (fixture.server, fixture.writer, fixture.server.newGroup())
        for _ in 0..<9 { writer.write(on: &server, into: &group) }
        fixture.store.beforeCommit = { _ in throw StorageError(.diskFull) }
        #expect(code { try fixture.store.commit(group) } == .diskFull)
        fixture.store.beforeCommit = nil
      }
      try fixture.commit(entries: 9)
      if round % 5 == 2 { try fixture.reopen() }
    }
    let (tenant, keys) = try owners(fixture)
    #expect(tenant == keys)
    #expect(tenant.count == fixture.server.records.count && Set(tenant.values).count == tenant.count)
    let ordered = try fixture.store.database.read {
      try Int64.fetchAll($0, sql: "SELECT key_id FROM record ORDER BY id")
    }
    #expect(ordered == ordered.sorted())
    for (id, expected) in fixture.server.records {
      #expect(try fixture.store.record(id)?.encoded == expected.encoded)
    }
  }

  @Test("What the key database was not told it is told when the store is opened")
  func untold() throws {
    let fixture = try Fixture(seed: 5)
    try fixture.commit(entries: 30)
    try fixture.store.keys.database.database.write { db in
      try db.execute(sql: "UPDATE record_key SET record = NULL")
    }
    #expect(try owners(fixture).keys.isEmpty)
    try fixture.reopen()
    let (tenant, keys) = try owners(fixture)
    #expect(tenant == keys)
    #expect(try fixture.store.keys.database.unowned() == [])
    try fixture.commit(entries: 30)
    #expect(fixture.store.verify().isSound)
  }

  @Test("A key database that is full delays what it is told, and fails no commit that needs no key")
  func fullKeyDatabase() throws {
    let fixture = try Fixture(seed: 6)
    try fixture.commit(entries: 3)
    let keys = fixture.store.keys.database.database
    try keys.write {
      try $0.execute(
        sql: "CREATE TRIGGER full BEFORE UPDATE ON record_key BEGIN SELECT RAISE(ABORT, ''); END")
    }
    try fixture.commit(entries: 20)
    #expect(try owners(fixture).tenant != owners(fixture).keys)
    try keys.write { try $0.execute(sql: "DROP TRIGGER full") }
    try fixture.commit(entries: 10)
    let (tenant, told) = try owners(fixture)
    #expect(tenant == told)
  }

  @Test("One store gives keys at a time")
  func oneGives() throws {
    let fixture = try Fixture(seed: 7)
    try fixture.commit(entries: 5)
    let copy = try fixture.copy(to: "copy")
    let keys = RecordKeyOptions(path: fixture.directory.path("tenant.keys"))
    #expect(code { try ServerStore(directory: copy, keys: keys).close() } == .inUse)
  }

  @Test("The wrapping key is changed while the tenant is served, and the old one opens nothing")
  func rotation() throws {
    let fixture = try Fixture(seed: 8)
    for _ in 0..<6 { try fixture.commit(entries: 20) }
    try fixture.reopen()
    let home = fixture.directory.path("tenant")
    let wrapping = KeyPaths(home + ".keys").wrapping
    let old = try WrappingKeyFile.read(wrapping)
    let given = try owners(fixture).keys.keys.map { RecordKeyID(rawValue: $0) }
    for _ in 0..<2 {
      let reader = try KeyDatabase(KeyPaths(home + ".keys"))
      #expect(try KeyRotation.run(in: home) >= fixture.server.records.count)
      // It was opened under the old one.
      for key in given { #expect(try reader.key(key) != nil) }
      try reader.close()
      for id in fixture.server.records.keys { #expect(try fixture.store.enterContent(id) != nil) }
      try fixture.commit(entries: 20)
    }
    let new = try WrappingKeyFile.read(wrapping)
    #expect(new.secrets.count == 1 && new.secrets != old.secrets)
    try fixture.reopen()
    #expect(fixture.store.verify().isSound)
    try fixture.store.close()
    try WrappingKeyFile.write(old, to: wrapping)
    #expect(code { try ServerStore(directory: home).close() } == .foreignKey)
    try WrappingKeyFile.write(new, to: wrapping)
    fixture.store = try ServerStore(directory: home)
  }

  @Test("A rotation that was interrupted is carried on")
  func interruptedRotation() throws {
    let fixture = try Fixture(seed: 9)
    for _ in 0..<6 { try fixture.commit(entries: 20) }
    let home = fixture.directory.path("tenant")
    let wrapping = KeyPaths(home + ".keys").wrapping
    let begun = try WrappingKeyFile.read(wrapping).rotated()
    try WrappingKeyFile.write(begun, to: wrapping)
    try fixture.commit(entries: 20)
    #expect(try KeyRotation.run(in: home) > 0)
    #expect(try WrappingKeyFile.read(wrapping).secrets == begun.withoutOlder.secrets)
    try fixture.reopen()
    #expect(fixture.store.verify().isSound)
  }
}
