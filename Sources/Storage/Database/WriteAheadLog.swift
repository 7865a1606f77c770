import Glibc
import GRDB

/// The write-ahead log beside a database file, and when its pages go into the database.
///
/// Only the connection that writes checkpoints, when it says so. The log's frames are counted from the file
/// itself (SQLite file format, §4.1): SQLite holds no lock on this file, so reading it takes none away.
struct WriteAheadLog: Sendable {
  /// From how many pages on they are copied into the database.
  static let passivePages = 1_000
  /// From what size on the file itself is cut, in bytes.
  static let truncateBytes = 16 << 20

  private static let headerBytes = 32
  private static let frameHeaderBytes = 24

  let path: String

  /// The log of a database file.
  init(ofDatabase path: String) { self.path = path + "-wal" }

  /// The file's size, in bytes; 0 when there is none.
  var byteCount: Int { PrivateFiles.byteCount(path) }

  /// How many frames were written since the log was last begun anew.
  ///
  /// Frames carry the salt of the header that they were written under. A log that is begun anew is
  /// overwritten from its start, so the valid frames come first and a binary search finds the last.
  ///
  /// - Complexity: O(log frames) reads of 8 bytes
  func frameCount() -> Int {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    func word(at offset: Int) -> UInt32? {
      var value: UInt32 = 0
      return pread(file, &value, 4, off_t(offset)) == 4 ? UInt32(bigEndian: value) : nil
    }
    guard let pageBytes = word(at: 8), pageBytes >= 512, let first = word(at: 16), let second = word(at: 20)
    else { return 0 }
    let frameBytes = Self.frameHeaderBytes + Int(pageBytes)
    var low = 0
    var high = max(0, (byteCount - Self.headerBytes) / frameBytes)
    while low < high {
      let middle = (low + high) / 2
      let salt = Self.headerBytes + middle * frameBytes + 8
      if word(at: salt) == first, word(at: salt + 4) == second { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Waits until the disk has all that was written to the log. SQLite takes no lock on this file that closing
  /// it could release.
  ///
  /// - Throws: `StorageError` when the disk does not say so.
  func sync() throws {
    let file = open(path, O_RDWR | O_CLOEXEC)
    // No log: everything is in the database, synced when it was copied there.
    if file < 0, errno == ENOENT { return }
    guard file >= 0 else { throw StorageError(.notAccessible, systemCode: errno) }
    defer { close(file) }
    guard fdatasync(file) == 0 else { throw StorageError(.inputOutput, systemCode: errno) }
  }

  /// Checkpoints if it is time, on the connection that writes and outside a transaction. Readers do not hold
  /// it up: what they still need stays in the log until the next time.
  func checkpointIfDue(_ db: Database) throws {
    if byteCount > Self.truncateBytes {
      try truncate(db)
    } else if frameCount() >= Self.passivePages {
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
