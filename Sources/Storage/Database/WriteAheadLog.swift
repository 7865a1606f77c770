import Glibc
import GRDB
import GRDBSQLite

/// The write-ahead log beside a database file, and when its pages go into the database.
///
/// Only the connection that writes checkpoints, when it says so. SQLite tells it after each commit how many
/// frames the log holds, whoever wrote them.
final class WriteAheadLog {
  /// When there is a checkpoint. Tests have them more often.
  struct Schedule {
    /// From how many pages on they are copied into the database.
    var passivePages = 1_000
    /// From what size on the file itself is cut, in bytes.
    var truncateBytes = 16 << 20
  }

  let path: String
  var schedule = Schedule()
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

  /// Makes the file as large as it gets between two checkpoints, so that a commit writes over what is there.
  /// A commit that makes the file longer waits for the disk to note its new size too, which is a third of its
  /// time on ext4; space that was only allotted is no better, since the disk then notes that it is written.
  ///
  /// SQLite ends its log at the first frame that is none, so what follows may be anything. Without space the
  /// file stays as it is.
  ///
  /// - Precondition: nobody writes to the log meanwhile.
  /// - Throws: `StorageError` when the disk does not say that it has what the file holds.
  /// - Complexity: O(bytes of the log), once while it is open.
  func reserve() throws {
    let missing = schedule.passivePages * Self.frameBytes - byteCount
    guard missing > 0 else { return }
    let files = FileSystems.holding(path)
    let file = files.open(path, O_WRONLY | O_APPEND | O_CLOEXEC, 0)
    if file < 0, errno == ENOENT { return }
    guard file >= 0 else { throw StorageError(.notAccessible, systemCode: errno) }
    defer { _ = files.close(file) }
    // In pieces: what is written at once Linux caches as one large folio, whose every block each later write
    // into it goes through.
    let piece = [UInt8](repeating: 0, count: 4_096)
    for _ in 0..<(missing / piece.count + 1) {
      guard PrivateFiles.write(all: piece, to: file, on: files) else { break }
    }
    guard files.fdatasync(file) == 0 else { throw StorageError(.inputOutput, systemCode: errno) }
  }

  /// A page and what the log says of it, in bytes.
  private static let frameBytes = 4_096 + 24

  /// Writes the log anew as it reads now and waits until the disk has it, before SQLite recovers from it.
  ///
  /// After a sync that failed the system counts as written what the disk never got: it reads well until the
  /// power goes, and no later sync makes it durable, nor what is appended to it. Only writing it again does.
  /// Whoever failed may be gone without a word, so every opening does it; after an orderly end there is no
  /// log.
  ///
  /// - Precondition: nobody writes to the log meanwhile. SQLite takes no lock on this file that closing it
  ///   could release.
  /// - Throws: `StorageError` when the disk cannot be read or written.
  /// - Complexity: O(bytes of the log).
  static func secure(ofDatabase database: String) throws {
    let path = database + "-wal"
    guard PrivateFiles.byteCount(path) > 0 else { return }
    let files = FileSystems.holding(path)
    let source = files.open(path, O_RDONLY | O_CLOEXEC, 0)
    guard source >= 0 else { throw StorageError(.notAccessible, systemCode: errno) }
    defer { _ = files.close(source) }
    let target = files.open(path, O_WRONLY | O_CLOEXEC, 0)
    guard target >= 0 else { throw StorageError(.notAccessible, systemCode: errno) }
    defer { _ = files.close(target) }
    var bytes = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = files.read(source, &bytes, bytes.count)
      guard count >= 0 else { throw StorageError(.inputOutput, systemCode: errno) }
      if count == 0 { break }
      guard PrivateFiles.write(all: bytes[..<count], to: target, on: files) else {
        throw StorageError(.inputOutput, systemCode: errno)
      }
    }
    guard files.fdatasync(target) == 0 else { throw StorageError(.inputOutput, systemCode: errno) }
  }

  /// Checkpoints if it is time, on the connection that writes and outside a transaction. Readers do not hold
  /// it up: what they still need stays in the log until the next time.
  func checkpointIfDue(_ db: Database) throws {
    guard frameCount >= schedule.passivePages else { return }
    if byteCount > schedule.truncateBytes {
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
