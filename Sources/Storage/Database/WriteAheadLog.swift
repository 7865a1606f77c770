import Glibc
import GRDB
import GRDBSQLite

/// The write-ahead log beside a database file, and when its pages go into the database.
///
/// Only the connection that writes checkpoints, when it says so. SQLite tells it after each commit how many
/// frames the log holds, whoever wrote them.
final class WriteAheadLog {
  /// From how many pages on they are copied into the database.
  static let passivePages = 1_000
  /// From what size on the file itself is cut, in bytes.
  static let truncateBytes = 16 << 20

  let path: String
  /// How many frames there were after the last commit of the connection that is watched.
  private(set) var frameCount = 0

  /// The log of a database file.
  init(ofDatabase path: String) { self.path = path + "-wal" }

  /// The file's size, in bytes; 0 when there is none.
  var byteCount: Int { PrivateFiles.byteCount(path) }

  /// Counts the frames after each commit of a connection, which must be closed before this goes.
  func watch(_ db: Database) {
    _ = sqlite3_wal_hook(
      db.sqliteConnection,
      { log, _, _, frames in
        guard let log else { return SQLITE_OK }
        Unmanaged<WriteAheadLog>.fromOpaque(log).takeUnretainedValue().frameCount = Int(frames)
        return SQLITE_OK
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Waits until the disk has all that was written to the log. SQLite takes no lock on this file that closing
  /// it could release.
  ///
  /// - Throws: `StorageError` when the disk does not say so.
  func sync() throws {
    let files = FileSystems.holding(path)
    let file = files.open(path, O_RDWR | O_CLOEXEC, 0)
    // No log: everything is in the database, synced when it was copied there.
    if file < 0, errno == ENOENT { return }
    guard file >= 0 else { throw StorageError(.notAccessible, systemCode: errno) }
    defer { _ = files.close(file) }
    guard files.fdatasync(file) == 0 else { throw StorageError(.inputOutput, systemCode: errno) }
  }

  /// Checkpoints if it is time, on the connection that writes and outside a transaction. Readers do not hold
  /// it up: what they still need stays in the log until the next time.
  func checkpointIfDue(_ db: Database) throws {
    guard frameCount >= Self.passivePages else { return }
    if byteCount > Self.truncateBytes {
      try truncate(db)
    } else {
      try db.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)")
    }
  }

  /// Copies everything into the database and cuts the file, unless a reader is in the way.
  func truncate(_ db: Database) throws {
    try db.execute(sql: "PRAGMA busy_timeout = 0")
    defer { try? db.execute(sql: "PRAGMA busy_timeout = \(DatabaseFile.busyMilliseconds)") }
    do {
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    } catch let error as DatabaseError
      where error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED
    {
      return
    }
  }
}
