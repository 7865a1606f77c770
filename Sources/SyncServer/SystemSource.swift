import CRDT
import Replication

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The clock and the generator of this machine, for the machines that have none of their own.
enum SystemSource {
  /// Milliseconds since 1970.
  static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

  static func identifier() -> Identifier {
    Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
  }

  static func bytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0 ... .max, using: &generator) }
  }

  static func sessionEntropy() -> ServerSession.Entropy {
    ServerSession.Entropy(
      nonce: bytes(32), newEpoch: identifier(), newDevice: identifier())
  }
}
