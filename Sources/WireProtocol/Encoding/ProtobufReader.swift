import CRDT

/// Reads the Protocol Buffers wire format out of bytes that a peer or a file gave. It never reads beyond them
/// and allocates nothing before it knows that the bytes are there.
struct ProtobufReader {
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0
  private var seen: UInt64 = 0

  /// Reads all of `bytes` in `body`.
  static func read<Result>(
    _ bytes: [UInt8], _ body: (inout ProtobufReader) throws -> Result
  ) throws -> Result {
    try bytes.withUnsafeBytes { buffer in
      var reader = ProtobufReader(buffer)
      return try body(&reader)
    }
  }

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// How many bytes are left.
  var remaining: Int { bytes.count - offset }

  /// The next field's number and wire type; `nil` at the end.
  ///
  /// A field that is not `repeated` may come once: of two, one reader would take the last and another would
  /// merge them, and the two would not agree on a digest. Fields from `unknown` on are a later version's,
  /// which may repeat.
  mutating func nextField(
    repeated first: UInt32 = 0, _ second: UInt32 = 0, _ third: UInt32 = 0, _ fourth: UInt32 = 0,
    unknown: UInt32 = 64
  ) throws -> (number: UInt32, type: ProtobufWireType)? {
    guard offset < bytes.count else { return nil }
    let tag = try varint()
    guard let type = ProtobufWireType(rawValue: UInt8(truncatingIfNeeded: tag & 7)), tag >> 3 > 0,
      tag >> 3 <= 0x1fff_ffff
    else { throw ProtocolError.malformed }
    let number = UInt32(truncatingIfNeeded: tag >> 3)
    if number < unknown, number != first, number != second, number != third, number != fourth {
      let bit: UInt64 = 1 << UInt64(number)
      guard seen & bit == 0 else { throw ProtocolError.malformed }
      seen |= bit
    }
    return (number, type)
  }

  mutating func varint() throws -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      if shift == 63, byte > 1 { throw ProtocolError.malformed }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
      if shift > 63 { throw ProtocolError.malformed }
    }
    throw ProtocolError.malformed
  }

  mutating func unsigned(_ type: ProtobufWireType) throws -> UInt64 {
    guard type == .varint else { throw ProtocolError.malformed }
    return try varint()
  }

  mutating func unsigned32(_ type: ProtobufWireType) throws -> UInt32 {
    guard let value = UInt32(exactly: try unsigned(type)) else { throw ProtocolError.malformed }
    return value
  }

  mutating func boolean(_ type: ProtobufWireType) throws -> Bool {
    let value = try unsigned(type)
    guard value <= 1 else { throw ProtocolError.malformed }
    return value == 1
  }

  mutating func signed(_ type: ProtobufWireType) throws -> Int64 {
    let value = try unsigned(type)
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  mutating func fixed64(_ type: ProtobufWireType) throws -> UInt64 {
    guard type == .fixed64, remaining >= 8 else { throw ProtocolError.malformed }
    defer { offset += 8 }
    return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The bytes of a length-delimited field, without copying them.
  mutating func slice(_ type: ProtobufWireType) throws -> UnsafeRawBufferPointer {
    guard type == .lengthDelimited else { throw ProtocolError.malformed }
    let length = try varint()
    guard length <= UInt64(remaining) else { throw ProtocolError.malformed }
    let end = offset + Int(length)
    defer { offset = end }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<end])
  }

  mutating func bytes(_ type: ProtobufWireType) throws -> [UInt8] { Array(try slice(type)) }

  mutating func text(_ type: ProtobufWireType) throws -> String {
    let bytes = try slice(type)
    // Short texts, one at each key, are most often ASCII, which needs no validation.
    if bytes.count <= 15, bytes.allSatisfy({ $0 < 0x80 }) {
      return String(unsafeUninitializedCapacity: bytes.count) { buffer in
        for offset in bytes.indices { buffer[offset] = bytes[offset] }
        return bytes.count
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw ProtocolError.malformed }
    return text
  }

  mutating func identifier(_ type: ProtobufWireType) throws -> Identifier {
    guard let identifier = Identifier(loadedFrom: try slice(type)) else { throw ProtocolError.malformed }
    return identifier
  }

  mutating func digest(_ type: ProtobufWireType) throws -> Digest {
    guard let digest = Digest(loadedFrom: try slice(type)) else { throw ProtocolError.malformed }
    return digest
  }

  /// Reads one more entry of a version vector.
  mutating func versionEntry(
    _ type: ProtobufWireType, appendingTo version: inout [VersionVector.Entry]
  ) throws {
    guard version.count < Limits.versionActors else { throw ProtocolError(.limitExceeded) }
    version.append(try message(type) { try VersionVector.Entry(from: &$0) })
  }

  /// Reads a nested message.
  mutating func message<Result>(
    _ type: ProtobufWireType, _ body: (inout ProtobufReader) throws -> Result
  ) throws -> Result {
    var nested = ProtobufReader(try slice(type))
    return try body(&nested)
  }

  mutating func skip(_ type: ProtobufWireType) throws {
    switch type {
    case .varint: _ = try varint()
    case .fixed64: _ = try fixed64(type)
    case .lengthDelimited: _ = try slice(type)
    case .fixed32:
      guard remaining >= 4 else { throw ProtocolError.malformed }
      offset += 4
    }
  }
}

extension Identifier {
  /// Reads exactly 16 bytes.
  init?(loadedFrom bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 16 else { return nil }
    self.init(
      high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }
}
