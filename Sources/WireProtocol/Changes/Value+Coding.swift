import CRDT

extension Value {
  /// Writes the fields of `Value` in `change.proto`.
  func write(to writer: inout ProtobufWriter) {
    switch self {
    case .null: writer.field(1, unsigned: 1)
    case .boolean(let value): writer.field(2, unsigned: value ? 1 : 0, evenIfZero: true)
    case .integer(let value): writer.field(3, signed: value, evenIfZero: true)
    case .text(let value): writer.field(4, bytes: value.utf8, evenIfEmpty: true)
    case .bytes(let value): writer.field(5, bytes: value, evenIfEmpty: true)
    case .identifier(let value): writer.field(6, identifier: value)
    case .unknown(let encoding): writer.raw(encoding)
    }
  }

  /// Reads a `Value`. One of a type that is not known here is kept as it came, once it is seen to be
  /// well-formed: a reader who knows the type must be able to read it.
  init(encoding bytes: UnsafeRawBufferPointer) throws {
    guard bytes.count <= Limits.valueBytes else { throw ProtocolError(.tooLarge) }
    var reader = ProtobufReader(bytes)
    var result: Value?
    var isKnown = true
    while let (number, type) = try reader.nextField(unknown: 7) {
      guard number > 6 || result == nil else { throw ProtocolError.malformed }
      switch number {
      case 1:
        guard try reader.boolean(type) else { throw ProtocolError.malformed }
        result = .null
      case 2: result = .boolean(try reader.boolean(type))
      case 3: result = .integer(try reader.signed(type))
      case 4: result = .text(try reader.text(type))
      case 5: result = .bytes(try reader.bytes(type))
      case 6: result = .identifier(try reader.identifier(type))
      default:
        try reader.skip(type)
        isKnown = false
      }
    }
    guard isKnown else {
      self = .unknown(Array(bytes))
      return
    }
    guard let result else { throw ProtocolError.malformed }
    self = result
  }
}

extension ProtobufWriter {
  mutating func raw(_ encoding: [UInt8]) { append(encoding) }

  mutating func field(_ number: UInt32, unsigned value: UInt64, evenIfZero: Bool) {
    if value == 0, evenIfZero {
      varint(UInt64(number) << 3)
      varint(0)
    } else {
      field(number, unsigned: value)
    }
  }

  mutating func field(_ number: UInt32, signed value: Int64, evenIfZero: Bool) {
    field(number, unsigned: UInt64(bitPattern: value << 1 ^ value >> 63), evenIfZero: evenIfZero)
  }
}
