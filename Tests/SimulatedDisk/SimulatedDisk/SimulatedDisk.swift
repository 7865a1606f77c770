import CSimulatedDisk
import Storage

/// A disk in memory: SQLite and the stores use the folder `path` on it like any other, and it fails as disks
/// do, when it is told to.
///
/// Everything is drawn from seeds; the same calls on a disk with the same seed give the same bytes. A disk
/// may be used from several threads.
public final class SimulatedDisk: @unchecked Sendable {
  // Safe: the library guards each disk with a mutex, and the pointer never changes.
  private let disk: OpaquePointer

  /// The disk's name; two of one name cannot be there at once.
  public let name: String
  /// The disk's folder, which is there and empty.
  public var path: String { "/sim/" + name }

  /// Makes an empty disk.
  ///
  /// - Parameter sectorBytes: what is written whole or not at all when the power goes: 512 or 4,096.
  /// - Precondition: there is none of that name.
  public init(_ name: String, sectorBytes: Int = 4_096, seed: UInt64 = 0) {
    Self.install()
    guard let disk = simdisk_create(name, UInt32(sectorBytes), seed) else {
      preconditionFailure("there is a disk \(name)")
    }
    self.disk = disk
    self.name = name
  }

  private init(_ name: String, cloning other: SimulatedDisk) {
    guard let disk = simdisk_clone(other.disk, name) else {
      preconditionFailure("there is a disk \(name)")
    }
    self.disk = disk
    self.name = name
  }

  deinit { simdisk_drop(disk) }

  private static let installed: Bool = {
    guard simdisk_install() == 0 else { return false }
    FileSystems.mount(SimulatedFiles(), at: "/sim/")
    return true
  }()

  /// Makes SQLite and the stores find simulated disks; making the first disk does it.
  public static func install() { precondition(installed, "SQLite takes no file system") }

  /// Makes what is SQLite's own begin anew from a seed, for the whole process: the salts of its logs and its
  /// clock.
  public static func seedSQLite(_ seed: UInt64) { simdisk_seed_sqlite(seed) }
}

// MARK: - Copies

extension SimulatedDisk {
  /// A disk with the same files as they read now, all of them durable. What it draws depends on its name
  /// alone.
  ///
  /// - Complexity: the bytes on the disk.
  public func clone(as name: String) -> SimulatedDisk { SimulatedDisk(name, cloning: self) }

  /// Puts the files of another disk, as they read now, in the place of these. All processes are killed.
  public func restore(from other: SimulatedDisk) { simdisk_restore(disk, other.disk) }

  /// The bytes of a file below `path` as they read now; `nil` when there is none.
  public func bytes(of file: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = simdisk_peek(path + "/" + file, UInt64(bytes.count), &buffer, buffer.count)
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += buffer.prefix(count)
    }
  }

  /// Flips bits of one byte of a file below `path`, as if the disk had; `false` when there is no such byte.
  @discardableResult
  public func flip(_ bits: UInt8, at offset: Int, of file: String) -> Bool {
    simdisk_poke(path + "/" + file, UInt64(offset), bits) == 0
  }
}

// MARK: - Processes and power

extension SimulatedDisk {
  /// Whoever opens something from now on is this process; 0 at first.
  public func run(as process: Int32) { simdisk_set_process(disk, process) }

  /// Ends a process, or all of them: what it wrote is there, its locks are free, and whatever it still calls
  /// fails without effect. The values that stand for its connections are given up afterwards.
  public func kill(_ process: Int32? = nil) { simdisk_kill(disk, process ?? -1) }

  /// The power goes: all processes end, and what was not synced is kept, dropped or torn by sector, and new
  /// names by folder, as the seed draws.
  public func losePower(seed: UInt64) { simdisk_lose_power(disk, seed) }

  /// Whether a fault has halted the disk.
  public var isHalted: Bool { simdisk_is_halted(disk) }
}

// MARK: - Faults

extension SimulatedDisk {
  /// Sets a fault, beside those that are set.
  public func add(_ fault: Fault) {
    var rule = fault.rule
    simdisk_add_fault(disk, &rule, fault.suffix)
  }

  /// Takes all faults away.
  public func clearFaults() { simdisk_clear_faults(disk) }

  /// Looks at what is on the disk: its calls are neither counted nor struck.
  public func sparing<Result>(_ body: () throws -> Result) rethrows -> Result {
    simdisk_set_spared(disk, true)
    defer { simdisk_set_spared(disk, false) }
    return try body()
  }

  /// Bounds what the disk holds, in bytes; beyond it calls fail with ENOSPC. `nil` for no bound.
  public func setCapacity(_ bytes: Int?) {
    simdisk_set_capacity(disk, bytes.map { UInt64($0) } ?? .max)
  }

  /// How much it holds, in bytes.
  public var usedBytes: Int { Int(simdisk_used_bytes(disk)) }

  /// How many calls of a kind there were.
  public func count(of call: DiskCall) -> Int { Int(simdisk_calls(disk, Int32(call.rawValue))) }

  /// How many calls of some kinds there were.
  public func count(of calls: Set<DiskCall>) -> Int { calls.reduce(0) { $0 + count(of: $1) } }

  /// How many calls a fault has struck.
  public var struckCalls: Int { Int(simdisk_struck(disk)) }

  /// How many sectors a power loss could take now.
  public var unsyncedSectors: Int { Int(simdisk_unsynced_sectors(disk)) }
}
