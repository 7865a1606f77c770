import CRDT
import Foundation
import GRDB
import Replication
import Testing
import WireProtocol

@testable import Storage

/// What a server's store does when it cannot do what it is asked.
@Suite struct ServerFailureTests {
  typealias Fixture = ServerStoreTests.Fixture

  @Test("A group that could not be committed leaves nothing behind, on disk or in memory", arguments: 0..<6)
  func failedCommitLeavesNothing(seed: UInt64) throws {
    let fixture = try Fixture(seed: seed)
    // In every other run all that the failing group brings is new, the actors among it.
    for _ in 0..<(seed.isMultiple(of: 2) ? 0 : 4) { try fixture.commit(entries: 10) }
    let before = (fixture.server, fixture.writer)
    struct Refusal: Error {}
    fixture.store.beforeCommit = { _ in throw Refusal() }
    #expect(throws: Refusal.self) { try fixture.commit(entries: 40) }
    fixture.store.beforeCommit = nil
    let failed = fixture.server
    (fixture.server, fixture.writer) = before

    #expect(fixture.store.position == fixture.server.position)
    for id in failed.records.keys {
      #expect(try fixture.store.record(id)?.encoded == fixture.server.records[id]?.encoded)
    }
    // The same numbers are given again, and the store is as sound as if nothing had been.
    try fixture.commit(entries: 25)
    try fixture.reopen()
    for (id, expected) in fixture.server.records {
      #expect(try fixture.store.record(id)?.encoded == expected.encoded)
    }
    #expect(fixture.store.verify().isSound)
  }

  @Test("A full disk refuses the group, and takes it when there is space again")
  func diskFull() throws {
    let fixture = try Fixture(seed: 10)
    try fixture.commit(entries: 10)
    func limit(_ pages: Int) throws {
      try fixture.store.database.inDatabase {
        _ = try Row.fetchAll($0, sql: "PRAGMA max_page_count = \(pages)")
      }
    }
    var group = fixture.server.newGroup()
    for _ in 0..<200 { fixture.writer.write(on: &fixture.server, into: &group) }
    try limit(1)
    #expect { try fixture.store.commit(group) } throws: { ($0 as? StorageError)?.code == .diskFull }
    try limit(1_000_000)
    try fixture.store.commit(group)
    #expect(fixture.store.verify().isSound)
    #expect(fixture.store.position == fixture.server.position)
  }

  @Test("After an I/O error nothing is taken until the store is opened again")
  func inputOutputErrorIsFinal() throws {
    let fixture = try Fixture(seed: 11)
    try fixture.commit(entries: 5)
    let before = (fixture.server, fixture.writer)
    fixture.store.beforeCommit = { _ in throw DatabaseError(resultCode: .SQLITE_IOERR_FSYNC) }
    #expect { try fixture.commit(entries: 5) } throws: { ($0 as? StorageError)?.code == .inputOutput }
    fixture.store.beforeCommit = nil
    (fixture.server, fixture.writer) = before
    #expect { try fixture.commit(entries: 1) } throws: { ($0 as? StorageError)?.code == .mustReopen }
    (fixture.server, fixture.writer) = before
    try fixture.reopen()
    try fixture.commit(entries: 5)
    #expect(fixture.store.verify().isSound)
  }

  @Test("A group that does not follow the log is refused")
  func positionsMustFollow() throws {
    let fixture = try Fixture(seed: 12)
    var group = fixture.server.newGroup()
    fixture.writer.write(on: &fixture.server, into: &group)
    try fixture.store.commit(group)
    #expect { try fixture.store.commit(group) } throws: { ($0 as? StorageError)?.code == .inconsistent }
  }

  @Test("A folder has one server at a time, and one tenant")
  func folderIsExclusive() throws {
    let fixture = try Fixture(seed: 13)
    let path = fixture.directory.path("tenant")
    #expect { _ = try ServerStore(directory: path) } throws: { ($0 as? StorageError)?.code == .inUse }
    try fixture.store.close()
    #expect {
      try ServerStore.create(in: path, tenant: .generated(name: "Anden"))
    } throws: {
      ($0 as? StorageError)?.code == .exists
    }
    #expect {
      _ = try ServerStore(directory: fixture.directory.path("nobody"))
    } throws: {
      ($0 as? StorageError)?.code == .missing
    }
    fixture.store = try ServerStore(directory: path)
  }

  @Test("A newer program's file is left alone, unless it says that older ones may use it")
  func newerSchema() throws {
    let fixture = try Fixture(seed: 14)
    let path = fixture.directory.path("tenant")
    func set(_ sql: String) throws {
      let queue = try DatabaseQueue(path: path + "/tenant.db")
      try queue.write { try $0.execute(sql: sql) }
      try queue.close()
    }
    try fixture.store.close()
    try set("PRAGMA user_version = 10; UPDATE meta SET value = 10 WHERE key = 'compatibility'")
    #expect { _ = try ServerStore(directory: path) } throws: { ($0 as? StorageError)?.code == .newerSchema }
    try set("UPDATE meta SET value = 1 WHERE key = 'compatibility'")
    try ServerStore(directory: path).close()
    try set("PRAGMA user_version = 1")
    #expect { _ = try ServerStore(directory: path) } throws: { ($0 as? StorageError)?.code == .olderSchema }
    try set("PRAGMA application_id = 1")
    #expect { _ = try ServerStore(directory: path) } throws: { ($0 as? StorageError)?.code == .foreignFile }
    try Data("not a database, but long enough to look like one".utf8).write(
      to: URL(filePath: path + "/tenant.db"))
    #expect { _ = try ServerStore(directory: path) } throws: { ($0 as? StorageError)?.code == .foreignFile }
  }

  @Test("Folder and files are their owner's alone")
  func modes() throws {
    let fixture = try Fixture(seed: 15)
    func mode(_ path: String) throws -> Int {
      let attributes = try FileManager.default.attributesOfItem(atPath: fixture.directory.path(path))
      return try #require(attributes[.posixPermissions] as? Int)
    }
    #expect(try mode("tenant") == 0o700)
    for name in ["tenant.db", "tenant.db-wal", "tenant.db-shm", "tenant.keys", "tenant.lock"] {
      #expect(try mode("tenant/" + name) == 0o600, "\(name)")
    }
    try fixture.store.close()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: fixture.directory.path("tenant/tenant.keys"))
    #expect {
      _ = try ServerStore(directory: fixture.directory.path("tenant"))
    } throws: {
      ($0 as? StorageError)?.code == .tooOpen
    }
  }
}
