import Testing

@testable import WireProtocol

/// The state from which a tree is appended to.
@Suite struct MerkleFrontierTests {
  @Test func goesOnFromItsEncoding() throws {
    var random = SplitMix64(seed: 1)
    var frontier = MerkleFrontier()
    var whole = MerkleFrontier()
    for size in 0..<300 {
      #expect(frontier.encoded.count == 8 + 32 * size.nonzeroBitCount)
      frontier = try MerkleFrontier(encoded: frontier.encoded)
      #expect(frontier == whole)
      let leaf = random.digest()
      frontier.append(leaf)
      whole.append(leaf)
    }
  }

  /// A transaction that fails throws its copy away.
  @Test func aCopyGoesOnByItself() {
    var random = SplitMix64(seed: 2)
    var frontier = MerkleFrontier()
    for _ in 0..<11 { frontier.append(random.digest()) }
    let before = frontier
    var staged = frontier
    staged.append(random.digest())
    #expect(frontier == before && staged != before)
  }

  @Test func otherBytesAreRefused() throws {
    var random = SplitMix64(seed: 3)
    var frontier = MerkleFrontier()
    for _ in 0..<13 { frontier.append(random.digest()) }
    let bytes = frontier.encoded
    for end in bytes.indices {
      #expect(throws: ProtocolError.malformed) { try MerkleFrontier(encoded: Array(bytes[..<end])) }
    }
    #expect(throws: ProtocolError.malformed) { try MerkleFrontier(encoded: bytes + [0]) }
    #expect(throws: ProtocolError.malformed) { try MerkleFrontier(encoded: bytes + random.bytes(32)) }
    // Sizes whose bits do not fit the peaks.
    for size in [UInt8(12), 15] {
      #expect(throws: ProtocolError.malformed) {
        try MerkleFrontier(encoded: bytes[..<7] + [size] + bytes[8...])
      }
    }
    // Another size with as many bits is another tree, which its root shows.
    #expect(try MerkleFrontier(encoded: bytes[..<7] + [14] + bytes[8...]).size == 14)
    // A size beyond what a log has.
    #expect(throws: ProtocolError.malformed) {
      try MerkleFrontier(encoded: [0x80, 0, 0, 0, 0, 0, 0, 0] + random.bytes(32))
    }
    for seed in UInt64(0)..<500 {
      var random = SplitMix64(seed: seed)
      _ = try? MerkleFrontier(encoded: random.bytes(random.below(120)))
    }
  }
}
