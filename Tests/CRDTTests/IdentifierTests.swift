import CRDT
import Testing

@Suite struct IdentifierTests {
  @Test func bytesAndTextRoundTrip() {
    Law.holds { random in
      let identifier = Identifier(high: random.next(), low: random.next())
      let text = identifier.description
      try Law.check(Identifier(bytes: identifier.bytes) == identifier, "\(text) as bytes")
      try Law.check(Identifier(text) == identifier, "\(text) as text")
      try Law.check(Identifier(text.uppercased()) == identifier, "\(text) in upper case")
      try Law.check(Identifier(text.filter { $0 != "-" }) == identifier, "\(text) without dashes")
      let other = Identifier(high: random.chance(50) ? identifier.high : random.next(), low: random.next())
      let isBefore = identifier.bytes.lexicographicallyPrecedes(other.bytes)
      try Law.check((identifier < other) == isBefore, "\(text) is not ordered by its bytes")
    }
  }

  @Test func aRandomOneIsVersionFour() {
    Law.holds { random in
      let text = Array(Identifier(randomHigh: random.next(), randomLow: random.next()).description)
      try Law.check(text[14] == "4" && "89ab".contains(text[19]), String(text))
    }
    #expect(Identifier(randomHigh: 0, randomLow: 0).description == "00000000-0000-4000-8000-000000000000")
  }

  @Test(arguments: [
    "", "0", "00000000-0000-4000-8000-00000000000", "00000000-0000-4000-8000-0000000000000",
    "0000000-00000-4000-8000-000000000000", "00000000000040008000-000000000000",
    "0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-0", "g0000000-0000-4000-8000-000000000000",
    "00000000-0000-4000-8000-00000000000\u{e9}", "00000000-0000-4000-8000-0000-0000000",
    "\u{ff10}0000000-0000-4000-8000-000000000000", " 0000000-0000-4000-8000-000000000000",
  ])
  func nothingElseIsParsed(_ text: String) { #expect(Identifier(text) == nil) }

  @Test func onlySixteenBytesAreTaken() {
    #expect(Identifier(bytes: [UInt8](repeating: 0, count: 15)) == nil)
    #expect(Identifier(bytes: [UInt8](repeating: 0, count: 17)) == nil)
  }

  @Test func actorsAreSixteenDigits() {
    #expect(ActorID(rawValue: 0xab).description == "00000000000000ab")
    #expect(ActorID(rawValue: .max).description == "ffffffffffffffff")
  }
}
