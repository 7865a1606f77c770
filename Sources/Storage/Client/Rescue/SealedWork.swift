public import CRDT
import GRDB
import WireProtocol
public import Replication

/// What a replica keeps sealed to its tenant, read without the replica's keys. Nothing is written.
public final class SealedWork {
  /// Something to hand over.
  public struct Item: Hashable, Sendable {
    /// Who sealed it.
    public let actor: ActorID
    /// What only the tenant opens.
    public let content: [UInt8]
    /// Which piece of a file it is; `nil` for other work.
    public let piece: Piece?
  }

  /// A piece of a file that was attached here.
  public struct Piece: Hashable, Sendable {
    /// The attachment record.
    public let file: Identifier
    /// Where in the file it begins.
    public let start: UInt64
    /// How many bytes it has.
    public let length: UInt64
  }

  private struct Place {
    let query: String
    let key: Int64
    var piece: Piece?
  }

  /// What it takes to hand it over; `nil` where nothing was ever sealed.
  public let pass: RescuePass?
  /// How many of the device's entries have no verdict, as far as the open columns tell.
  public let unsentEntries: Int
  /// How many of these are sealed.
  public let sealedEntries: Int
  /// How many files were attached here and are not known to be at the server, as far as the open columns
  /// tell.
  public let unsentFiles: Int
  /// How many of these are not sealed whole.
  public let unsealedFiles: Int
  /// How many items there are: unsent work in the order in which it was written, then what left the device's
  /// scope, then files, each from its first piece on.
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
    (pass, unsentEntries, sealedEntries, unsentFiles, unsealedFiles, places) = try Self.reading(database) {
      db in
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
      let files = try Self.files(db)
      return (
        try pass.map { try RescuePass(encoded: $0) }, Int(unsent), Int(sealed ?? 0), files.unsent,
        files.unsealed, try pushes + items + Self.pieces(db)
      )
    }
  }

  /// Which epoch the server is in stands sealed: a file that it had before it was restored counts as sent.
  private static func files(_ db: Database) throws -> (unsent: Int, unsealed: Int) {
    try db.first(
      """
      SELECT count(*), ifnull(sum(NOT \(ReplicaStore.isSealedFile)), 0) FROM attachment
      WHERE epoch IS NULL AND \(ReplicaStore.isUnsentFile)
      """, []
    ) { (Int(try $0.integer(0)), Int(try $0.integer(1))) } ?? (0, 0)
  }

  private static func pieces(_ db: Database) throws -> [Place] {
    try db.all(
      """
      SELECT id, record, start, length FROM sealed_bytes
      ORDER BY (SELECT min(id) FROM sealed_bytes AS first WHERE first.record = sealed_bytes.record), start
      """, []
    ) { row in
      let piece = Piece(
        file: try row.identifier(1), start: try row.unsigned(2), length: try row.unsigned(3))
      // These columns stand open in a file that somebody brought along.
      let most = UInt64(Limits.attachmentBytes)
      guard piece.start <= most, piece.length <= most else { throw StorageError(.damaged) }
      return Place(
        query: "SELECT actor, content FROM sealed_bytes WHERE id = ?", key: try row.integer(0), piece: piece)
    }
  }

  /// Which piece of a file an item is, without reading it.
  public func piece(_ index: Int) -> Piece? { places[index].piece }

  /// One item; `nil` where it is gone since: somebody who has the keys was told its verdict.
  public func item(_ index: Int) throws -> Item? {
    let place = places[index]
    return try Self.reading(database) { db in
      try db.first(place.query, [.integer(place.key)]) { row in
        Item(actor: try row.actor(0), content: try row.blob(1), piece: place.piece)
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
