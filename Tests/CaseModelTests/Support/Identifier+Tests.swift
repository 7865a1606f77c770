import CRDT

extension Identifier {
  /// A short id for tests.
  init(_ number: UInt64) { self.init(high: 0, low: number) }

  /// An id that depends on a text alone (two runs of FNV-1a).
  static func hash(_ text: String) -> Identifier {
    func run(_ start: UInt64) -> UInt64 {
      text.utf8.reduce(start) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
    return Identifier(randomHigh: run(0xcbf2_9ce4_8422_2325), randomLow: run(0x8422_2325_cbf2_9ce4))
  }
}
