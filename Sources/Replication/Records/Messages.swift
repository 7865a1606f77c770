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

  /// The first field number that a receiver may ignore.
  static let firstIgnorable = 64

  /// Checks the top-level fields that generated code did not know.
  static func check(unknown fields: UnknownStorage, hasBody: Bool) throws {
    guard !hasBody else { return }
    guard let tag = fields.data.first else { throw ProtocolError.malformed }
    // Numbers 1–15 take one byte, 16–63 two: field 64 starts at tag 512.
    var value = Int(tag & 0x7f)
    if tag >= 0x80, let second = fields.data.dropFirst().first { value |= Int(second) << 7 }
    guard value >> 3 >= firstIgnorable else { throw ProtocolError(.unsupported) }
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
