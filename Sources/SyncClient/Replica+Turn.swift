import Storage

/// One process at a time holds the session; the others hand it their work, and wait.
extension Replica {
  /// Whose turn it is to speak with the server.
  enum Turn {
    /// This process', until it lets go of the lock.
    case own(SessionLock)
    /// Another process', and it has done what this one wanted.
    case done
    /// Another process', and it does not get on.
    case timedOut
  }

  /// Takes the session, or wakes who holds it and waits until that one has done it, ended, or got stuck. One
  /// that ends without having done it, such as a command that does not wait for files, leaves the turn to
  /// this process.
  ///
  /// - Parameters:
  ///   - timeout: how long to wait while no bytes move.
  ///   - leftBytes: how many are still to be moved.
  ///   - isDone: whether there is nothing left to do.
  nonisolated(nonsending) func turn(
    within timeout: Duration, leftBytes: () throws -> UInt64, isDone: () throws -> Bool
  ) async throws -> Turn {
    if let lock = try attempt({ try SessionLock(home: home) }) { return .own(lock) }
    var end = ContinuousClock.now + timeout
    var least = try attempt(leftBytes)
    _ = try attempt { try Wake.notify(home: home) }
    while ContinuousClock.now < end {
      if try attempt(isDone) { return .done }
      if let lock = try attempt({ try SessionLock(home: home) }) { return .own(lock) }
      let left = try attempt(leftBytes)
      if left < least {
        least = left
        end = ContinuousClock.now + timeout
      }
      try await Task.sleep(for: .milliseconds(10))
    }
    return .timedOut
  }
}
