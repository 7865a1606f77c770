import Glibc

/// Tells a program that stays open when it is to close the replica: since somebody locked it, or nobody used
/// it for a while. Programs tell each other by the times of two empty files in the replica's folder.
public struct LockWatch: Sendable {
  private let paths: ReplicaPaths
  private let lockedBefore: Int64?
  /// In seconds; `nil` where nothing is asked of a person, so that nothing would be gained.
  private let patience: Int64?
  private let start: Int64

  /// Begins to look.
  ///
  /// - Parameter patience: how long nobody may use it; `nil` without end.
  public init(home: String, patience: Duration?) {
    paths = ReplicaPaths(home)
    lockedBefore = Self.time(of: paths.locked)
    self.patience = patience?.components.seconds
    Self.touch(paths.used)
    start = Self.time(of: paths.used) ?? 0
  }

  /// Whether it is to be closed now.
  ///
  /// - Parameter now: nanoseconds since 1970 by this machine's clock.
  public func isOver(at now: Int64) -> Bool {
    if Self.time(of: paths.locked) != lockedBefore { return true }
    guard let patience else { return false }
    let used = Self.time(of: paths.used) ?? start
    return now / 1_000_000_000 - used / 1_000_000_000 > patience
  }

  /// Notes that a person uses the replica.
  public static func noteUse(home: String) { touch(ReplicaPaths(home).used) }

  /// Tells every program that has it open to close it.
  public static func lock(home: String) { touch(ReplicaPaths(home).locked) }

  /// What cannot be noted is as if nobody had used it: then it locks sooner.
  private static func touch(_ path: String) {
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    _ = futimens(file, nil)
    close(file)
  }

  /// When a file was touched last, in nanoseconds since 1970.
  private static func time(of path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
  }
}
