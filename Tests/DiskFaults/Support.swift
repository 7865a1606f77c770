import CRDT

/// What must never happen has happened.
public struct Loss: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Throws what happened unless the condition holds.
func require(_ condition: Bool, _ otherwise: @autoclosure () -> String) throws {
  guard condition else { throw Loss(otherwise()) }
}

/// The same numbers from the same seed.
struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0xd134_2543_de82_ef95 &+ 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }

  mutating func identifier() -> Identifier { Identifier(randomHigh: next(), randomLow: next()) }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 32) }
  }
}
