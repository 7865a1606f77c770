import CRDT
import Testing

@testable import WireProtocol

/// Texts and numbers keep every bit.
@Suite struct ValueTests {
  private func roundTrip(_ value: Value) throws -> Value? {
    let payload = Payload(
      salt: Identifier(high: 1, low: 2),
      operations: [Operation(field: FieldID(rawValue: 1), action: .assign(value))])
    return try Payload(encoded: payload.encoded).operations.first?.carriedValue
  }

  @Test(arguments: Samples.texts) func texts(text: String) throws {
    let decoded = try #require(try roundTrip(.text(text)))
    #expect(decoded == .text(text))
    guard case .text(let other) = decoded else { return }
    #expect(Array(other.utf8) == Array(text.utf8))
  }

  @Test func composedAndDecomposedAreTwoTexts() throws {
    #expect(try roundTrip(.text("caf\u{e9}")) != .text("cafe\u{301}"))
  }

  @Test(
    arguments: [
      [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80],
      [0xf8, 0x88, 0x80, 0x80],
    ] as [[UInt8]])
  func textsThatAreNotUTF8AreRefused(bytes: [UInt8]) {
    let payload = Samples.encoding { writer in
      writer.field(1, identifier: Identifier(high: 0, low: 0))
      writer.message(2) {
        $0.field(1, unsigned: 1)
        $0.field(2, unsigned: 1)
      }
      writer.message(3) { $0.field(4, bytes: bytes) }
    }
    #expect(throws: ProtocolError.malformed) { try Payload(encoded: payload) }
  }

  @Test(arguments: [0, 1, -1, 63, 64, -64, -65, 1 << 53 + 1, .max, .min, .max - 1, .min + 1] as [Int64])
  func integers(integer: Int64) throws {
    #expect(try roundTrip(.integer(integer)) == .integer(integer))
  }

  @Test func emptyAndFalseAreValues() throws {
    for value in [Value.null, .boolean(false), .boolean(true), .integer(0), .text(""), .bytes([])] {
      #expect(try roundTrip(value) == value)
    }
  }

  /// Times are differences on the wire; the greatest differences do not trap.
  @Test func clocksAtTheirExtremes() throws {
    let times: [Int64] = [.min, .max, 0, -1, .max, .min, 1_780_000_000_000, .min + 1, .max - 1]
    var packer = ChangePacker()
    var random = SplitMix64(seed: 1)
    let delivered = times.map { time in
      let header = random.header()
      return DeliveredChange(
        header: ChangeHeader(
          record: header.record, id: header.id, author: header.author, writtenAt: time,
          version: header.version),
        payload: [], receivedAt: time, seal: random.seal(epoch: Format.epoch))
    }
    for change in delivered { packer.append(change) }
    #expect(try ChangeUnpacker.delivered(packer.encoded, epoch: Format.epoch) == delivered)
  }

  @Test func valuesKeepToTheirLimit() throws {
    // A tag and a length of three bytes stand in front of the bytes.
    let largest = [UInt8](repeating: 1, count: Limits.valueBytes - 4)
    #expect(try roundTrip(.bytes(largest)) == .bytes(largest))
    #expect(throws: ProtocolError(.tooLarge)) { try roundTrip(.bytes(largest + [1])) }
  }
}
