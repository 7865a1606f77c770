import CSimulatedDisk
public import Glibc

/// A call that a disk counts, and that a fault can strike.
public enum DiskCall: Int, CaseIterable, Hashable, Sendable {
  case open
  case read
  case write
  /// fsync or fdatasync of a file.
  case sync
  case truncate
  case delete
  case rename
  case makeFolder
  case syncFolder
  /// A further region of the log's index, a file in shared memory on a real disk.
  case growShared
  /// A lock of the database file.
  case lock
}

/// What happens to the calls that it strikes.
public struct Fault: Hashable, Sendable {
  /// What a struck call does.
  public enum Effect: Int32, CaseIterable, Hashable, Sendable {
    /// Nothing, and fails.
    case fails = 1
    /// Of a write the first part, then it fails.
    case isShort
    /// Of a write some sectors, then it fails.
    case isTorn
    /// Of a sync some sectors. It fails, and the others count as written from then on without being on the
    /// disk, as Linux has it.
    case forgets
    /// Nothing; the process ends here: every later call fails until `kill` or `losePower`.
    case haltsBefore
    /// Of a write some sectors; the process ends here.
    case haltsTorn
    /// What it should; the process ends here, before it hears of it.
    case haltsAfter
  }

  /// Which calls.
  public var calls: Set<DiskCall>
  /// What they do.
  public var effect: Effect
  /// The error that they fail with: EIO, ENOSPC.
  public var error: Int32
  /// Only on files whose path ends so; empty for all.
  public var suffix: String
  /// How many matching calls pass first.
  public var skip: UInt64
  /// How many are struck then; 0 for all.
  public var times: UInt64
  /// With which probability a call is struck, drawn from the disk's seed.
  public var probability: Double

  /// A fault; without further words it strikes the first matching call.
  public init(
    _ effect: Effect, of calls: Set<DiskCall>, error: Int32 = EIO, suffix: String = "", skip: UInt64 = 0,
    times: UInt64 = 1, probability: Double = 1
  ) {
    self.calls = calls
    self.effect = effect
    self.error = error
    self.suffix = suffix
    self.skip = skip
    self.times = times
    self.probability = probability
  }

  var rule: simdisk_fault {
    var rule = simdisk_fault()
    rule.kinds = calls.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    rule.skip = skip
    rule.times = times
    rule.probability = probability
    rule.effect = effect.rawValue
    rule.error = error
    return rule
  }
}
