import Glibc

/// An advisory lock on a file (flock(2)), held against other processes and against other locks of this one.
///
/// The kernel lets go of it when the process ends in whatever way, so that nothing stays locked after a
/// crash.
final class FileLock: Sendable {
  private let files: any FileSystem
  private let file: Int32

  /// Opens the file, which is made with mode 0600, without taking the lock.
  init(path: String) throws {
    files = FileSystems.holding(path)
    file = files.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw StorageError(errno == ENOENT ? .missing : .notAccessible, systemCode: errno)
    }
  }

  deinit { _ = files.close(file) }

  /// Takes the lock if nobody has it.
  func tryLock() -> Bool { files.lock(file, LOCK_EX | LOCK_NB) == 0 }

  /// Takes the lock, waiting for it.
  ///
  /// - Throws: `busy` when it was not free within `milliseconds`: a stopped process must not stop all others.
  func lock(milliseconds: Int = 30_000) throws {
    var waited = 0
    var pause = 200
    while !tryLock() {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw StorageError(.notAccessible, systemCode: errno)
      }
      guard files.waitsForLocks, waited < milliseconds * 1_000 else { throw StorageError(.busy) }
      usleep(UInt32(pause))
      waited += pause
      pause = min(pause * 2, 5_000)
    }
  }

  /// Lets go of the lock.
  func unlock() { _ = files.lock(file, LOCK_UN) }

  /// Runs `body` while holding the lock.
  func holding<Result>(_ body: () throws -> Result) throws -> Result {
    try lock()
    defer { unlock() }
    return try body()
  }
}
