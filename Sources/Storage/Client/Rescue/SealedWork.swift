public import CRDT
import GRDB
public import Replication

/// What a replica keeps sealed to its tenant, read without the replica's keys. Nothing is written.
public final class SealedWork {
  /// Something to hand over.
  public struct Item: Hashable, Sendable {
    /// Who sealed it.
    public let actor: ActorID
    /// What only the tenant opens.
    public let content: [UInt8]
  }

  private struct Place {
    let query: String
    let key: Int64
  }

  /// What it takes to hand it over; `nil` where nothing was ever sealed.
  public let pass: RescuePass?
  /// How many of the device's entries have no verdict, as far as the open columns tell.
  public let unsentEntries: Int
  /// How many of these are sealed.
  public let sealedEntries: Int
  /// How many items there are: unsent work in the order in which it was written, then what left the device's
  /// scope.
  public var count: Int { places.count }

  private let places: [Place]
  private let database: DatabaseQueue
  private let lock: FileLock

  /// Reads what is sealed in a folder, whoever else has it open.
  ///
  /// - Throws: `StorageError`: `missing`, `newerSchema`, `olderSchema`, `foreignFile`, `damaged`, `busy`.
  public init(home: String) throws {
    let paths = ReplicaPaths(home)
    guard PrivateFiles.exists(paths.database) else { throw StorageError(.missing) }
    lock = try FileLock(path: paths.writeLock)
    // Opening reads, so that recovery after a crash happens under the lock too.
    database = try lock.holding {
      try WriteAheadLog.secure(ofDatabase: paths.database)
      return try DatabaseFile.copier(paths.database, .client)
    }
    (pass, unsentEntries, sealedEntries, places) = try Self.reading(database) { db in
      let pass = try db.first("SELECT content FROM rescue_pass WHERE id = 1", []) { try $0.blob(0) }
      let unsent = try db.first("SELECT count(*) FROM entry WHERE status = 0", []) { try $0.integer(0) } ?? 0
      let sealed = try db.first("SELECT coalesce(sum(entries), 0) FROM sealed_push", []) {
        try $0.integer(0)
      }
      let pushes = try db.all("SELECT last_entry FROM sealed_push ORDER BY last_entry", []) { row in
        Place(
          query: "SELECT actor, content FROM sealed_push WHERE last_entry = ?", key: try row.integer(0))
      }
      let items = try db.all("SELECT id FROM sealed_item ORDER BY id", []) { row in
        Place(query: "SELECT actor, content FROM sealed_item WHERE id = ?", key: try row.integer(0))
      }
      return (
        try pass.map { try RescuePass(encoded: $0) }, Int(unsent), Int(sealed ?? 0), pushes + items
      )
    }
  }

  /// One item; `nil` where it is gone since: somebody who has the keys was told its verdict.
  public func item(_ index: Int) throws -> Item? {
    let place = places[index]
    return try Self.reading(database) { db in
      try db.first(place.query, [.integer(place.key)]) { row in
        Item(actor: try row.actor(0), content: try row.blob(1))
      }
    }
  }

  /// Closes the file.
  public func close() { try? database.close() }

  private static func reading<Result>(
    _ database: DatabaseQueue, _ body: (Database) throws -> Result
  ) throws -> Result {
    try StorageError.translating {
      try database.inDatabase { db in try db.transaction(.deferred) { try body(db) } }
    }
  }
}
