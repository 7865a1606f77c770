import Glibc

/// The system's calls on files, as far as the stores make them beside SQLite's own.
///
/// They are the system's in name, in arguments and in failing: -1, and the reason in `errno`. Tests put disks
/// of their own in the place of the system's (`FileSystems.mount`), with SQLite's files on the same disks, so
/// that a store can meet every failure of a disk.
package protocol FileSystem: Sendable {
  func open(_ path: String, _ flags: Int32, _ mode: UInt32) -> Int32
  func close(_ file: Int32) -> Int32
  func read(_ file: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int
  func write(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int
  /// pwrite(2).
  func write(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int, at offset: Int) -> Int
  func fsync(_ file: Int32) -> Int32
  func fdatasync(_ file: Int32) -> Int32
  /// ftruncate(2).
  func truncate(_ file: Int32, to byteCount: Int) -> Int32
  /// flock(2).
  func lock(_ file: Int32, _ operation: Int32) -> Int32
  /// Whether waiting for a lock lets whoever has it go on; if not, nobody waits.
  var waitsForLocks: Bool { get }
  func status(of file: Int32) -> FileStatus?
  func status(ofPath path: String) -> FileStatus?
  func chmod(_ path: String, _ mode: UInt32) -> Int32
  func mkdir(_ path: String, _ mode: UInt32) -> Int32
  func rmdir(_ path: String) -> Int32
  func unlink(_ path: String) -> Int32
  func rename(_ path: String, to name: String) -> Int32
  /// The bytes that are left for whoever is not the administrator; `nil` where that is not known.
  func freeBytes(at path: String) -> UInt64?
}

extension FileSystem {
  package func freeBytes(at path: String) -> UInt64? { nil }
}

/// What the stores ask of a file.
package struct FileStatus: Hashable, Sendable {
  /// The size, in bytes.
  package let byteCount: Int
  /// Who may do what.
  package let mode: UInt32

  package init(byteCount: Int, mode: UInt32) {
    self.byteCount = byteCount
    self.mode = mode
  }
}

/// The system's own files.
struct SystemFiles: FileSystem {
  var waitsForLocks: Bool { true }

  func open(_ path: String, _ flags: Int32, _ mode: UInt32) -> Int32 { Glibc.open(path, flags, mode) }
  func freeBytes(at path: String) -> UInt64? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    let (bytes, isTooMuch) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
    return isTooMuch ? .max : bytes
  }
  func close(_ file: Int32) -> Int32 { Glibc.close(file) }
  func read(_ file: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    Glibc.read(file, bytes, count)
  }
  func write(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    Glibc.write(file, bytes, count)
  }
  func write(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int, at offset: Int) -> Int {
    pwrite(file, bytes, count, off_t(offset))
  }
  func fsync(_ file: Int32) -> Int32 { Glibc.fsync(file) }
  func fdatasync(_ file: Int32) -> Int32 { Glibc.fdatasync(file) }
  func truncate(_ file: Int32, to byteCount: Int) -> Int32 { Glibc.ftruncate(file, byteCount) }
  func lock(_ file: Int32, _ operation: Int32) -> Int32 { flock(file, operation) }
  func status(of file: Int32) -> FileStatus? {
    var status = stat()
    guard fstat(file, &status) == 0 else { return nil }
    return FileStatus(byteCount: Int(status.st_size), mode: status.st_mode)
  }
  func status(ofPath path: String) -> FileStatus? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return FileStatus(byteCount: Int(status.st_size), mode: status.st_mode)
  }
  func chmod(_ path: String, _ mode: UInt32) -> Int32 { Glibc.chmod(path, mode) }
  func mkdir(_ path: String, _ mode: UInt32) -> Int32 { Glibc.mkdir(path, mode) }
  func rmdir(_ path: String) -> Int32 { Glibc.rmdir(path) }
  func unlink(_ path: String) -> Int32 { Glibc.unlink(path) }
  func rename(_ path: String, to name: String) -> Int32 { Glibc.rename(path, name) }
}
