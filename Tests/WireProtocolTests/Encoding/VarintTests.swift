import Testing

@testable import WireProtocol

/// Varints at the edges of their lengths.
@Suite struct VarintTests {
  @Test func everyLength() throws {
    for bits in 0..<64 {
      for value in [UInt64(1) << bits, UInt64(1) << bits - 1] {
        let bytes = Samples.encoding { $0.varint(value) }
        #expect(bytes.count == max(1, (64 - value.leadingZeroBitCount + 6) / 7))
        #expect(try ProtobufReader.read(bytes) { try $0.varint() } == value)
      }
    }
    #expect(Samples.encoding { $0.varint(.max) }.count == 10)
  }

  @Test func tooLong() {
    let nine = [UInt8](repeating: 0xff, count: 9)
    for tail in [[0x02], [0x7f], [0x81, 0x00], [0x80, 0x01], [0x80, 0x80]] as [[UInt8]] {
      #expect(throws: ProtocolError.malformed) { try ProtobufReader.read(nine + tail) { try $0.varint() } }
    }
    #expect(throws: ProtocolError.malformed) { try ProtobufReader.read(nine) { try $0.varint() } }
    #expect(throws: ProtocolError.malformed) { try ProtobufReader.read([]) { try $0.varint() } }
  }

  @Test func nestedLengthsOfEverySize() throws {
    for count in [0, 1, 127, 128, 16_383, 16_384, 70_000] {
      let content = [UInt8](repeating: 7, count: count)
      let bytes = Samples.encoding { $0.message(1) { $0.raw(content) } }
      let read = try ProtobufReader.read(bytes) { reader in
        let field = try #require(try reader.nextField())
        return try reader.bytes(field.type)
      }
      #expect(read == content)
    }
  }
}
