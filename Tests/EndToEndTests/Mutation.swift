import TestProcesses

/// Ways to spoil a message, drawn from a seed.
enum Mutation: String, CaseIterable {
  case flippedBit, severalFlippedBits, overwritten, truncated, cutOut, doubled, swapped, random

  /// The message, spoilt; never the same bytes again.
  func spoil(_ message: [UInt8], _ generator: inout SplitMix64) -> [UInt8] {
    while true {
      let spoilt = once(message, &generator)
      if spoilt != message { return spoilt }
    }
  }

  private func once(_ message: [UInt8], _ generator: inout SplitMix64) -> [UInt8] {
    var bytes = message
    let start = Int.random(in: 0..<message.count, using: &generator)
    let length = Int.random(in: 1...min(16, message.count - start), using: &generator)
    let part = start..<start + length
    switch self {
    case .flippedBit: bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case .severalFlippedBits:
      for _ in 0..<length {
        let index = Int.random(in: bytes.indices, using: &generator)
        bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
    case .overwritten: for index in part { bytes[index] = .random(in: 0 ... .max, using: &generator) }
    case .truncated: bytes.removeSubrange(start...)
    case .cutOut: bytes.removeSubrange(part)
    case .doubled: bytes.insert(contentsOf: message[part], at: start)
    case .swapped: bytes.swapAt(start, Int.random(in: bytes.indices, using: &generator))
    case .random:
      bytes = (0..<Int.random(in: 1...2_000, using: &generator)).map { _ in
        .random(in: 0 ... .max, using: &generator)
      }
    }
    return bytes
  }
}
