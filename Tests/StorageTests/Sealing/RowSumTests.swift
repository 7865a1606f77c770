import Testing

@testable import Storage

/// The sum over what is present.
@Suite struct RowSumTests {
  @Test("It depends on what is there and not on how that came about", arguments: 0..<50 as Range<UInt64>)
  func history(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let seal = StoreSeal(try .generated())
    var present: [SealedValue] = []
    var running = RowSum()
    for step in 0..<60 as Range<UInt64> {
      if present.isEmpty || !random.oneIn(3) {
        let value = try seal.seal([UInt8(truncatingIfNeeded: step)], at: .marker("a"))
        present.append(value)
        running.add(try seal.term(of: value))
      } else {
        let value = present.remove(at: Int.random(in: 0..<present.count, using: &random))
        running.remove(try seal.term(of: value))
      }
    }
    func sum(_ values: [SealedValue]) throws -> RowSum {
      var sum = RowSum()
      for value in values.shuffled(using: &random) { sum.add(try seal.term(of: value)) }
      return sum
    }
    #expect(try sum(present) == running)
    #expect(try RowSum(encoded: running.encoded) == running)
    #expect(try sum(present + [present[0]]) != running)
    #expect(try sum(Array(present.dropFirst())) != running)
    // The same content, sealed anew, is another value.
    let again = try seal.seal(try seal.open(present[0], at: .marker("a")), at: .marker("a"))
    #expect(try sum([again] + present.dropFirst()) != running)
    // What a transaction adds and removes, added afterwards.
    var change = RowSum()
    change.remove(try seal.term(of: present[0]))
    change.add(try seal.term(of: again))
    running.add(change)
    #expect(try sum([again] + present.dropFirst()) == running)
  }

  @Test("Another number of bytes is no sum")
  func sizes() {
    for count in [0, 23, 25] {
      #expect(throws: StorageError(.damaged)) { try RowSum(encoded: [UInt8](repeating: 0, count: count)) }
    }
  }
}
