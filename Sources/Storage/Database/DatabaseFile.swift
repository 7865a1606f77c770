import GRDB

/// How database files are opened. The settings are not options: each answers a way in which SQLite or GRDB
/// would otherwise break a promise of the store.
///
/// - One connection does all writes and all checkpoints: SQLite before 3.51.3 can corrupt a WAL database when
///   two connections write and checkpoint at the same moment (the WAL-reset bug). So `wal_autocheckpoint` is
///   0 everywhere, and `DatabasePool` is not used: it sets `synchronous` to NORMAL behind one's back, and
///   writes when a second process opens it.
/// - `synchronous=FULL`: what was acknowledged must survive a power loss, not only a crash. A client lowers
///   it for what the server would repeat (`Durability`).
/// - `cache_size`: what a group touches must fit, or SQLite writes pages to the log before their time, and
///   again.
/// - `trusted_schema=OFF`, `cell_size_check=ON`, `mmap_size=0`: a damaged file gives an error, not wrong
///   memory.
/// - `secure_delete=ON`: what is deleted is overwritten, whatever SQLite was compiled with.
/// - `temp_store=MEMORY`: what a query sorts gets into no file of its own.
enum DatabaseFile {
  /// What happens to a file that is opened for writing.
  enum Purpose: Sendable {
    case create
    case open
  }

  /// How long a statement waits for another process' lock, in milliseconds.
  static let busyMilliseconds = 5_000

  /// Opens the one connection that writes.
  static func writer(_ path: String, _ identity: SchemaIdentity, for purpose: Purpose) throws -> DatabaseQueue
  {
    var configuration = common()
    configuration.label = "kos.writer"
    configuration.prepareDatabase { db in
      if purpose == .open { try identity.check(db) }
      // SQLite answers with the old mode where the file system cannot do it.
      guard try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") == "wal" else {
        throw StorageError(.notAccessible)
      }
      try db.execute(sql: "PRAGMA synchronous = FULL")
      try applyCommonSettings(db, identity)
    }
    return try StorageError.translating { try DatabaseQueue(path: path, configuration: configuration) }
  }

  /// Makes a database file with mode 0600, whole or not at all: it gets its name when it is complete, so that
  /// an interrupted creation can be made again.
  ///
  /// - Throws: `exists` when there is one.
  static func create(
    _ path: String, _ identity: SchemaIdentity, _ fill: (Database) throws -> Void
  ) throws {
    guard !PrivateFiles.exists(path) else { throw StorageError(.exists) }
    let temporary = path + ".new"
    for suffix in ["", "-wal", "-shm"] { PrivateFiles.remove(temporary + suffix) }
    try PrivateFiles.create(temporary)
    let database = try writer(temporary, identity, for: .create)
    try StorageError.translating {
      try database.inTransaction(.immediate) { db in
        try identity.write(to: db)
        try fill(db)
        return .commit
      }
      // The last connection to close copies the log into the database, syncs it and removes the log.
      try database.close()
    }
    try PrivateFiles.rename(temporary, to: path)
  }

  /// Opens a connection that only reads, for as long as a writer is open in this process.
  static func reader(_ path: String, _ identity: SchemaIdentity) throws -> DatabaseQueue {
    var configuration = common()
    configuration.label = "kos.reader"
    configuration.readonly = true
    configuration.prepareDatabase { db in
      try identity.check(db)
      try applyCommonSettings(db, identity)
      try db.execute(sql: "PRAGMA query_only = ON")
    }
    return try StorageError.translating { try DatabaseQueue(path: path, configuration: configuration) }
  }

  /// Opens a connection that reads a database, whoever else has it open, to copy it into another file.
  static func copier(_ path: String, _ identity: SchemaIdentity) throws -> DatabaseQueue {
    var configuration = common()
    configuration.label = "kos.copier"
    configuration.readonly = true
    configuration.prepareDatabase { db in
      try identity.check(db)
      try applyCommonSettings(db, identity)
    }
    return try StorageError.translating { try DatabaseQueue(path: path, configuration: configuration) }
  }

  private static func common() -> Configuration {
    var configuration = Configuration()
    configuration.journalMode = .default
    configuration.busyMode = .timeout(Double(busyMilliseconds) / 1_000)
    // Rows refer to each other by numbers that the stores allot; `verify` checks them, not each statement.
    configuration.foreignKeysEnabled = false
    // What a row holds must not get into an error's description.
    configuration.publicStatementArguments = false
    return configuration
  }

  private static func applyCommonSettings(_ db: Database, _ identity: SchemaIdentity) throws {
    try db.execute(
      sql: """
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA trusted_schema = OFF;
        PRAGMA cell_size_check = ON;
        PRAGMA mmap_size = 0;
        PRAGMA secure_delete = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -\(identity.cacheKibibytes);
        """)
  }
}
