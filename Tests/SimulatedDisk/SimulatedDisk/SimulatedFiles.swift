import CSimulatedDisk
import Glibc
import Storage

/// The system's calls, on simulated disks.
struct SimulatedFiles: FileSystem {
  /// All run on one thread, or on a few that let go soon: whoever waited might wait for itself.
  var waitsForLocks: Bool { false }

  func open(_ path: String, _ flags: Int32, _ mode: UInt32) -> Int32 { simdisk_open(path, flags, mode) }
  func close(_ file: Int32) -> Int32 { simdisk_close(file) }
  func read(_ file: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    simdisk_read(file, bytes, count)
  }
  func write(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    simdisk_write(file, bytes, count)
  }
  func write(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int, at offset: Int) -> Int {
    simdisk_pwrite(file, bytes, count, off_t(offset))
  }
  func fsync(_ file: Int32) -> Int32 { simdisk_fsync(file) }
  func fdatasync(_ file: Int32) -> Int32 { simdisk_fsync(file) }
  func truncate(_ file: Int32, to byteCount: Int) -> Int32 { simdisk_ftruncate(file, off_t(byteCount)) }
  func lock(_ file: Int32, _ operation: Int32) -> Int32 { simdisk_flock(file, operation) }
  func status(of file: Int32) -> FileStatus? {
    var size: off_t = 0
    var mode: UInt32 = 0
    return simdisk_fstat(file, &size, &mode) == 0 ? FileStatus(byteCount: size, mode: mode) : nil
  }
  func status(ofPath path: String) -> FileStatus? {
    var size: off_t = 0
    var mode: UInt32 = 0
    return simdisk_stat(path, &size, &mode) == 0 ? FileStatus(byteCount: size, mode: mode) : nil
  }
  func chmod(_ path: String, _ mode: UInt32) -> Int32 { simdisk_chmod(path, mode) }
  func mkdir(_ path: String, _ mode: UInt32) -> Int32 { simdisk_mkdir(path, mode) }
  func rmdir(_ path: String) -> Int32 { simdisk_rmdir(path) }
  func unlink(_ path: String) -> Int32 { simdisk_unlink(path) }
  func rename(_ path: String, to name: String) -> Int32 { simdisk_rename(path, name) }
}
