import GRDB
import Testing

@testable import Storage

/// The settings as the open connections have them, not as they were asked for.
@Suite struct DatabaseSettingsTests {
  private func settings(_ queue: DatabaseQueue) throws -> [String: String] {
    let names = [
      "journal_mode", "synchronous", "wal_autocheckpoint", "trusted_schema", "cell_size_check", "mmap_size",
      "busy_timeout", "query_only",
    ]
    return try queue.inDatabase { db in
      try Dictionary(
        uniqueKeysWithValues: names.map { name in
          // Debian's SQLite says nothing of mmap_size when it is compiled without it; then it is 0.
          (
            name,
            try Row.fetchOne(db, sql: "PRAGMA \(name)").map { String(describing: $0[0] as DatabaseValue) }
              ?? "0"
          )
        })
    }
  }

  private let expected = [
    "journal_mode": "\"wal\"", "synchronous": "2", "wal_autocheckpoint": "0", "trusted_schema": "0",
    "cell_size_check": "1", "mmap_size": "0", "busy_timeout": "5000", "query_only": "0",
  ]

  @Test func serverWriterAndReader() throws {
    let fixture = try ServerStoreTests.Fixture(seed: 1)
    try fixture.commit(entries: 3)
    #expect(try settings(fixture.store.database) == expected)
    let reader = try fixture.store.openReader()
    // A connection that only reads syncs nothing; SQLite's default stands.
    #expect(try settings(reader.database) == expected.merging(["query_only": "1"]) { $1 })
    #expect(reader.database.configuration.readonly)
    #expect(try reader.verify().isSound)
    #expect(try reader.counts() == (try fixture.store.counts()))
    #expect(throws: DatabaseError.self) {
      try reader.database.inDatabase { try $0.execute(sql: "DELETE FROM segment") }
    }
    try reader.close()
    // The settings outlive a checkpoint, which changes the timeout while it runs.
    try fixture.store.database.inDatabase { try fixture.store.log.truncate($0) }
    #expect(try settings(fixture.store.database) == expected)
  }

  @Test func client() throws {
    let fixture = try ReplicaFixture(seed: 1)
    #expect(try settings(fixture.store.database) == expected)
  }

  @Test("The log is copied into the database at 1,000 pages, counted exactly, and cut when closed")
  func checkpoints() throws {
    let fixture = try ServerStoreTests.Fixture(seed: 2)
    let log = fixture.store.log
    func frames() throws -> Int {
      try fixture.store.database.inDatabase { db in
        // Counted by SQLite; a checkpoint that finds nothing to copy changes nothing.
        try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(PASSIVE)").map { $0[1] as Int } ?? 0
      }
    }
    var highest = 0
    var wasReset = false
    for _ in 0..<60 {
      let before = log.frameCount
      try fixture.commit(entries: 60)
      if log.frameCount < before { wasReset = true }
      highest = max(highest, log.frameCount)
    }
    #expect(wasReset)
    #expect(highest < WriteAheadLog.Schedule().passivePages + 600)
    #expect(log.frameCount == (try frames()))
    try fixture.commit(entries: 20)
    #expect(log.frameCount == (try frames()))
    try fixture.store.close()
    #expect(log.byteCount == 0)
    fixture.store = try ServerStore(directory: fixture.directory.path("tenant"))
    #expect(fixture.store.verify().isSound)
  }

  @Test("A reader does not hold up a commit, and the log is cut once it is gone")
  func readersDoNotBlock() throws {
    let fixture = try ServerStoreTests.Fixture(seed: 3)
    try fixture.commit(entries: 10)
    let reader = try fixture.store.openReader()
    try reader.database.inDatabase { db in
      try db.inTransaction(.deferred) {
        let seen = try Int.fetchOne(db, sql: "SELECT count(*) FROM segment")
        for _ in 0..<10 { try fixture.commit(entries: 60) }
        let clock = ContinuousClock()
        let took = try clock.measure {
          try fixture.store.database.inDatabase { try fixture.store.log.truncate($0) }
        }
        // It did not wait for the reader, which would be the five seconds of `busy_timeout`.
        #expect(took < .seconds(4))
        #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM segment") == seen)
        return .commit
      }
    }
    try reader.close()
    try fixture.store.database.inDatabase { try fixture.store.log.truncate($0) }
    #expect(fixture.store.log.byteCount == 0)
  }
}
