import Glibc
import Storage

/// Closing a replica that somebody walks away from.
extension Replica {
  /// How a replica is locked.
  public struct LockState: Hashable, Sendable {
    /// Whether a person unlocks it; otherwise it opens by itself, and to lock it ends only what runs.
    public let asksAPerson: Bool
    /// After how long without use it locks.
    public let patience: Duration
  }

  /// How the replica in a folder is locked.
  ///
  /// - Throws: `ReplicaError`.
  public static func lockState(home: String) throws -> LockState {
    guard ReplicaStore.exists(home: home) else { throw ReplicaError(.notEnrolled) }
    return try keyFile {
      let asks =
        switch try DeviceKeys.protection(home: home) {
        case .passphrase, .sessionKeyring: true
        case .passphraseFile, .unprotected: false
        }
      return LockState(asksAPerson: asks, patience: try DeviceKeys.lockAfter(home: home))
    }
  }

  /// Locks the replica in a folder: the kernel forgets what opens it, and programs that have it open close it
  /// within some seconds.
  ///
  /// - Throws: `ReplicaError`.
  public static func lock(home: String) throws {
    guard ReplicaStore.exists(home: home) else { throw ReplicaError(.notEnrolled) }
    try keyFile { try DeviceKeys.lock(home: home) }
    LockWatch.lock(home: home)
  }

  /// Says after how long without use the replica in a folder locks.
  ///
  /// - Throws: `ReplicaError`.
  public static func setPatience(_ patience: Duration, home: String) throws {
    guard ReplicaStore.exists(home: home) else { throw ReplicaError(.notEnrolled) }
    try keyFile {
      try DeviceKeys.setLockAfter(seconds: UInt32(clamping: patience.components.seconds), home: home)
    }
  }

  /// Notes that a person uses the replica, so that what stays open does not close.
  public func noteUse() { LockWatch.noteUse(home: home) }

  /// Looks from now on whether the replica is to be closed.
  public func lockWatch() throws -> ReplicaLock { try ReplicaLock(home: home) }

  private static func keyFile<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as StorageError {
      switch error.code {
      case .missing: throw ReplicaError(.keyFileMissing)
      case .damaged: throw ReplicaError(.keyFileDamaged)
      default: throw ReplicaError(error)
      }
    }
  }
}

/// Tells a program that stays open when it is to close the replica.
public struct ReplicaLock: Sendable {
  private let watch: LockWatch

  init(home: String) throws {
    let state = try Replica.lockState(home: home)
    watch = LockWatch(home: home, patience: state.asksAPerson ? state.patience : nil)
  }

  /// Whether somebody locked it since, or nobody used it for too long.
  public var isOver: Bool { watch.isOver(at: SystemSource.now * 1_000_000) }
}
