import CRDT
import CaseModel

/// What people do, drawn from a seed.
struct Script {
  enum Step {
    /// A device writes notes of so many bytes each, in one act.
    case write(device: Int, notes: Int, bytes: Int)
    /// A device writes into the assessment that all write into.
    case annotate(device: Int)
    case exchange(device: Int)
    case restartServer
    case restartDevice(Int)
  }

  let steps: [Step]
  /// When stores checkpoint: seldom, often, or with a log that is cut often too.
  let checkpoints: (pages: Int, bytes: Int)

  init(seed: UInt64, length: Int) {
    var random = SplitMix64(seed: seed &+ 0x5c219)
    checkpoints = [(1_000, 16 << 20), (40, 16 << 20), (60, 200_000)][Int(seed % 3)]
    var steps: [Step] = []
    for _ in 0..<length {
      let device = Int.random(in: 0..<3, using: &random)
      switch Int.random(in: 0..<16, using: &random) {
      case 0..<4:
        steps.append(.write(device: device, notes: Int.random(in: 1...3, using: &random), bytes: 60))
      case 4: steps.append(.write(device: device, notes: 8, bytes: 12_000))
      case 5..<8: steps.append(.annotate(device: device))
      case 8..<14: steps.append(.exchange(device: device))
      case 14: steps.append(.restartServer)
      default: steps.append(.restartDevice(device))
      }
    }
    // Whatever was drawn: both sorts of store write, exchange and start again.
    self.steps =
      [.write(device: 1, notes: 2, bytes: 60), .exchange(device: 1)] + steps
      + [.restartServer, .restartDevice(1), .exchange(device: 1)]
  }
}
