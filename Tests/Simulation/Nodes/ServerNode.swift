import CRDT
import Replication
import SimulatedDisk
import Storage
import WireProtocol

/// The server's process, and its disk.
final class ServerNode {
  enum Input {
    case opened(Int)
    case received(Int, [UInt8])
    case closed(Int)
    case timePassed
  }

  let disk: SimulatedDisk
  var store: ServerStore?
  var machine: TenantMachine?
  var process: Int32 = 0
  var inbox: [Input] = []
  var hasTurn = false
  /// Added to the simulated time.
  var clock: Int64 = 0
  var pausedUntil: Int64 = 0
  /// When it is to be woken, in simulated time.
  var alarm: Int64 = 0
  /// How many instants at which rights begin or end were over when it last had its turn.
  var boundsPassed = 0
  /// When the logs of knowing are to be signed again, in simulated time.
  var nextSigning: Int64 = 0
  /// What was signed of them, as devices keep it.
  var checkpoints: [LogKind: CheckpointMemory] = [:]
  /// After how many steps of its work the process ends.
  var stepsLeft: Int?
  /// Whether a fault of the disk may have struck this process.
  var diskIsFaulty = false
  /// The group of which it is not known whether it is durable.
  var uncertain: CommitGroup?
  /// Groups of which it is not known whether the ledger has them: the database has not.
  var perhapsLedgered: [CommitGroup] = []

  /// A copy of the disk from earlier, and what was known then; and how often the disk was put back to one.
  var copy: Simulation.ServerCopy?
  var setBacks = 0

  var directory: String { disk.path + "/tenant" }
  var isUp: Bool { machine != nil }

  /// What the ledger's entries are dated by: the server's clock when it last had its turn.
  final class LedgerTime: @unchecked Sendable {
    var value = Simulation.start
  }

  let ledgerTime = LedgerTime()

  /// What records are sealed with. A key is made of its number, and the salt is always the same, so that a
  /// seed replays.
  private(set) lazy var keys = RecordKeyOptions(
    salt: { (0, 0) },
    draw: { number, byteCount in
      var random = SeededGenerator(seed: UInt64(bitPattern: number) &+ 0x6b65_7973)
      return random.bytes(byteCount)
    },
    time: { [ledgerTime] in ledgerTime.value })

  init(disk: SimulatedDisk) { self.disk = disk }
}

/// The process ended in the middle of something.
struct ProcessEnded: Error {}

extension ConnectionNumber {
  init(_ id: Int) { self.init(rawValue: UInt64(id)) }
  var id: Int { Int(rawValue) }
}
