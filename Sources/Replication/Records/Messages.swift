import SwiftProtobuf
public import WireProtocol

/// Reading messages: what is not known is refused or ignored by its number, and nothing is nested deeper than
/// the protocol nests.
private enum MessageReading {
  static let options: BinaryDecodingOptions = {
    var options = BinaryDecodingOptions()
    options.messageDepthLimit = 8
    return options
  }()

  /// Checks the top-level fields that generated code did not know: each of them, beside a body too.
  static func check(unknown fields: UnknownStorage, hasBody: Bool) throws {
    guard !fields.data.isEmpty else {
      if hasBody { return }
      throw ProtocolError.malformed
    }
    var scanner = FieldScanner(bytes: Array(fields.data)[...])
    while let number = try scanner.nextNumber() {
      guard number >= MessageNumber.firstIgnorable else { throw ProtocolError(.unsupported) }
    }
  }
}

/// Reads the numbers of a message's fields and skips what is in them.
struct FieldScanner {
  var bytes: ArraySlice<UInt8>

  mutating func nextNumber() throws -> UInt64? {
    guard !bytes.isEmpty else { return nil }
    let tag = try varint()
    switch tag & 7 {
    case 0: _ = try varint()
    case 1: try skip(8)
    case 2: try skip(varint())
    case 5: try skip(4)
    default: throw ProtocolError.malformed
    }
    return tag >> 3
  }

  private mutating func varint() throws -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = bytes.popFirst() else { throw ProtocolError.malformed }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    throw ProtocolError.malformed
  }

  private mutating func skip(_ count: UInt64) throws {
    guard count <= UInt64(bytes.count) else { throw ProtocolError.malformed }
    bytes.removeFirst(Int(count))
  }
}

extension WireClientMessage {
  /// Reads a message.
  ///
  /// - Throws: `ProtocolError`: `MALFORMED`, or `UNSUPPORTED` for a message that must be understood and is
  ///   not.
  public init(checking bytes: [UInt8]) throws {
    do {
      try self.init(serializedBytes: bytes, options: MessageReading.options)
    } catch {
      throw ProtocolError.malformed
    }
    try MessageReading.check(unknown: unknownFields, hasBody: body != nil)
  }
}

extension WireServerMessage {
  /// Reads a message.
  ///
  /// - Throws: `ProtocolError`: `MALFORMED`, or `UNSUPPORTED` for a message that must be understood and is
  ///   not.
  public init(checking bytes: [UInt8]) throws {
    do {
      try self.init(serializedBytes: bytes, options: MessageReading.options)
    } catch {
      throw ProtocolError.malformed
    }
    try MessageReading.check(unknown: unknownFields, hasBody: body != nil)
  }
}
