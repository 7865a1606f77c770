/// The right to hold the replica's session with the server: one process at a time has it.
///
/// It is let go when the value is, or when the process ends.
public final class SessionLock: Sendable {
  private let lock: FileLock

  /// Takes the right; `nil` when another process has it.
  ///
  /// - Throws: `StorageError` when the lock file cannot be used.
  public init?(home: String) throws {
    lock = try FileLock(path: ReplicaPaths(home).sessionLock)
    guard lock.tryLock() else { return nil }
  }

  /// Lets go of it.
  public func release() { lock.unlock() }
}
