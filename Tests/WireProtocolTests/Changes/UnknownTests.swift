import CRDT
import Testing

@testable import WireProtocol

/// What a later version adds is kept byte for byte where it may be, and refused where it would be misread.
@Suite struct UnknownTests {
  private static let context = ChangeContext(
    id: ChangeID(actor: ActorID(rawValue: 1), number: 1), version: VersionVector(),
    author: Identifier(high: 1, low: 1), writtenAt: 1)

  /// The payload of one operation with these fields, and these values.
  private static func payload(
    _ operation: (inout ProtobufWriter) -> Void, values: [[UInt8]] = []
  ) -> [UInt8] {
    Samples.encoding { writer in
      writer.field(1, identifier: Identifier(high: 0, low: 0))
      writer.message(2, operation)
      for value in values { writer.message(3) { $0.raw(value) } }
    }
  }

  private static let seven: [UInt8] = [0x18, 14]

  @Test func unknownKindsSurviveEveryCopy() throws {
    let shape = Samples.encoding {
      $0.field(1, unsigned: 8)
      $0.field(2, unsigned: 31)
      $0.field(3, unsigned: 12)
      $0.field(15, bytes: [1, 2])
      $0.field(99, bytes: [3])
    }
    for values in [[], [Self.seven], [Samples.unknownValue]] {
      let bytes = Self.payload(
        {
          $0.raw(shape)
          if values.isEmpty { $0.field(4, unsigned: 1) }
        }, values: values)
      let payload = try Payload(encoded: bytes)
      #expect(payload.encoded == bytes)
      var snapshot = RecordSnapshot(record: Identifier(high: 0, low: 1))
      try snapshot.accept(
        Change(context: Self.context, operations: payload.operations), creates: nil,
        head: .init(id: Self.context.id, digest: Samples.digest([UInt8](repeating: 1, count: 32))))
      let again = try RecordSnapshot(encoded: RecordSnapshot(encoded: snapshot.encoded).encoded)
      #expect(again.state == snapshot.state)
      let live = try #require(again.state.operations(FieldID(rawValue: 8), FieldKind(rawValue: 31)).first)
      guard case .unknown(let kept) = live.value else { Issue.record("not kept"); return }
      #expect(kept.starts(with: [0x12]) && Array(kept.dropFirst(2)).starts(with: shape))
    }
  }

  /// A known kind has its actions and fields for ever: anything else about it takes a new kind.
  @Test(arguments: [FieldKind.register, .set, .rank, .arbitrated]) func knownKindsAreClosed(kind: FieldKind) {
    let unknown: [(inout ProtobufWriter) -> Void] = [
      { $0.field(3, unsigned: kind == .set ? 2 : 1) },
      { $0.field(3, unsigned: UInt64(UInt32.max)) },
      { $0.field(15, bytes: [1]) },
      { $0.field(5, unsigned: 1) },
    ]
    for body in unknown {
      let bytes = Self.payload(
        {
          $0.field(1, unsigned: 1)
          $0.field(2, unsigned: UInt64(kind.rawValue))
          body(&$0)
        }, values: [Self.seven])
      #expect(throws: ProtocolError(.unsupported)) { try Payload(encoded: bytes) }
    }
    let without = Self.payload {
      $0.field(1, unsigned: 1)
      $0.field(2, unsigned: UInt64(kind.rawValue))
      $0.field(4, unsigned: 1)
    }
    #expect(throws: ProtocolError(.unsupported)) { try Payload(encoded: without) }
  }

  /// A register's kind goes without saying, and may be said.
  @Test func aRegistersKindMayBeSaid() throws {
    for kind: UInt64? in [nil, 1] {
      let bytes = Self.payload(
        {
          $0.field(1, unsigned: 1)
          if let kind { $0.field(2, unsigned: kind) }
        }, values: [Self.seven])
      let operations = try Payload(encoded: bytes).operations
      #expect(operations == [Operation(field: FieldID(rawValue: 1), action: .assign(.integer(7)))])
    }
  }

  /// 2³² is no action 0, whatever a reader of 32 bits makes of it.
  @Test func anActionHas32Bits() {
    let bytes = Self.payload(
      {
        $0.field(1, unsigned: 1)
        $0.field(2, unsigned: 1)
        $0.field(3, unsigned: 1 << 32)
      }, values: [Self.seven])
    #expect(throws: ProtocolError.malformed) { try Payload(encoded: bytes) }
  }

  @Test func unknownValuesSurvive() throws {
    let register: (inout ProtobufWriter) -> Void = { $0.field(1, unsigned: 1) }
    for value in [Samples.unknownValue, Self.seven + Samples.unknownValue, Samples.unknownValue + Self.seven]
    {
      let bytes = Self.payload(register, values: [value])
      #expect(try Payload(encoded: bytes).operations[0].action == .assign(.unknown(value)))
      #expect(try Payload(encoded: bytes).encoded == bytes)
    }
    // It must be well-formed all the same: a reader who knows the type would refuse the payload otherwise.
    for broken in [[0xa2, 0x01, 0x05, 1], Samples.unknownValue + [0x07], Samples.unknownValue + [0x18]] {
      let bytes = Self.payload(register, values: [broken])
      #expect(throws: ProtocolError.malformed) { try Payload(encoded: bytes) }
    }
  }

  @Test func aValueIsOneValue() {
    let register: (inout ProtobufWriter) -> Void = { $0.field(1, unsigned: 1) }
    let values: [[UInt8]] = [
      [], Self.seven + Self.seven, Self.seven + [0x08, 1], [0x08, 0], [0x08, 2], [0x10, 2], [0x32, 1, 0],
      [0x22, 1, 0xff],
    ]
    for value in values {
      let bytes = Self.payload(register, values: [value])
      #expect(throws: ProtocolError.malformed, "\(value.hex)") { try Payload(encoded: bytes) }
    }
    #expect(throws: ProtocolError.malformed) { try Payload(encoded: Self.payload(register)) }
    #expect(throws: ProtocolError.malformed) {
      try Payload(encoded: Self.payload(register, values: [Self.seven, Self.seven]))
    }
  }

  @Test func otherMessagesRefuseWhatTheyDoNotKnow() throws {
    for format in Format.allCases {
      var random = SplitMix64(seed: 11)
      let bytes = format.sample(&random) + [0xf8, 0x03, 1]  // field 63
      #expect(throws: ProtocolError(.unsupported), "\(format)") { try format.roundTrip(bytes) }
    }
  }
}
