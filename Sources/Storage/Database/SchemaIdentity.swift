import GRDB

/// What a database file says of itself before anything else is read from it.
struct SchemaIdentity: Sendable {
  /// The file's `application_id`: what sort of store it is.
  let applicationID: Int32
  /// The schema that this program writes (`user_version`).
  let version: Int32
  /// The lowest schema version of a program that may use the files which this one writes. It stands in the
  /// file, so that a later version can lock out the programs that would do harm, and only those.
  let compatibility: Int32

  /// The lowest schema version that this program reads.
  let oldest: Int32

  /// How much of such a file may be in memory, in KiB: what its largest transaction touches, and more.
  let cacheKibibytes: Int

  /// The server's store: "KOSS".
  static let server = SchemaIdentity(
    applicationID: 0x4b4f_5353, version: 15, compatibility: 15, oldest: 15, cacheKibibytes: 64 << 10)
  /// The client's store: "KOSC".
  static let client = SchemaIdentity(
    applicationID: 0x4b4f_5343, version: 14, compatibility: 14, oldest: 14,
    cacheKibibytes: 16 << 10)

  /// A tenant's record keys: "KOSK".
  static let keys = SchemaIdentity(
    applicationID: 0x4b4f_534b, version: 1, compatibility: 1, oldest: 1, cacheKibibytes: 8 << 10)

  /// Writes the identity into a new file.
  func write(to db: Database) throws {
    try db.execute(
      sql: """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
        """)
    try db.execute(
      sql: "INSERT INTO meta (key, value) VALUES ('compatibility', ?)", arguments: [compatibility])
  }

  /// Checks that this program may use the file. Nothing was written to it before.
  ///
  /// - Throws: `foreignFile` for another program's file, `newerSchema` for one that locks this version out,
  ///   `olderSchema` for one from before.
  func check(_ db: Database) throws {
    guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == applicationID else {
      throw StorageError(.foreignFile)
    }
    let stored = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard stored >= oldest else { throw StorageError(.olderSchema) }
    if stored <= version { return }
    let needed = try Int32.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'compatibility'")
    guard let needed, needed <= version else { throw StorageError(.newerSchema) }
  }
}
