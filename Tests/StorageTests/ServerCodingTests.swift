import CRDT
import Testing
import WireProtocol

@testable import Storage

/// What the server's columns hold, and what damage makes of it.
@Suite struct ServerCodingTests {
  @Test("Numbers of every size come back, and what is none is damage")
  func varints() throws {
    for value: UInt64 in [0, 1, 127, 128, 16_383, 16_384, 1 << 32, 1 << 63, .max] {
      var bytes: [UInt8] = []
      VarintCoding.append(value, to: &bytes)
      var rest = bytes[...]
      #expect(try VarintCoding.read(&rest) == value)
      #expect(rest.isEmpty)
      let signed = Int64(bitPattern: value)
      #expect(VarintCoding.signed(VarintCoding.zigzag(signed)) == signed)
    }
    for bytes: [UInt8] in [
      [], [0x80], [0xff, 0xff], Array(repeating: 0xff, count: 10), Array(repeating: 0x80, count: 11),
    ] {
      var rest = bytes[...]
      #expect(throws: StorageError(.damaged)) { try VarintCoding.read(&rest) }
    }
  }

  @Test("Stamps come back, whatever their places and times, and cut off anywhere they are damage")
  func stamps() throws {
    var random = SeededGenerator(seed: 5)
    let stamps: [StampCoding.Stamp] = (0..<5).map { (index: Int) -> StampCoding.Stamp in
      let position: UInt64 = index == 3 ? .max : UInt64(index) * 1_000
      let receivedAt: Int64 = index == 2 ? .min : Int64(index) << 40
      return StampCoding.Stamp(
        position: position, receivedAt: receivedAt, isAccepted: !index.isMultiple(of: 2),
        isErased: index == 1, sealedPosition: random.next(),
        mac: random.identifier(), digest: Digest(hashing: [UInt8(index)]))
    }
    let bytes = StampCoding.encode(stamps)
    #expect(try StampCoding.decode(bytes) == stamps)
    var whole = 0
    for end in bytes.indices {
      // Between two stamps there are fewer of them, which the row's count of changes tells.
      guard let cut = try? StampCoding.decode(Array(bytes[..<end])) else { continue }
      #expect(cut == Array(stamps.prefix(cut.count)))
      whole += 1
    }
    #expect(whole == stamps.count)
  }
}
