import CRDT

@testable import WireProtocol

/// What tests use more than once.
enum Samples {
  /// Texts that are easily damaged: NUL, right to left, composed and decomposed, four bytes a character.
  static let texts = [
    "", "a", "Mødet er flyttet", "\u{0}", "a\u{0}b", "שלום", "\u{202e}abc\u{202c}", "caf\u{e9}",
    "cafe\u{301}",
    "👩‍👧‍👦", "\u{feff}x", "\u{10ffff}", "\r\n",
  ]

  /// The encoding of a value of a type that is not known: field 20, four bytes.
  static let unknownValue: [UInt8] = [0xa2, 0x01, 0x04, 1, 2, 3, 4]

  /// Operations of kinds that are not known, as they are kept: shape in field 2, value in field 3.
  static let bareOperation: (kind: FieldKind, bytes: [UInt8]) = {
    var shape = ProtobufWriter()
    shape.field(1, unsigned: 9)
    shape.field(2, unsigned: 98)
    shape.field(3, unsigned: 7)
    shape.field(4, unsigned: 1)
    shape.field(15, bytes: [1, 2, 3])
    shape.field(200, bytes: [9, 9])
    var kept = ProtobufWriter()
    kept.field(2, bytes: shape.bytes)
    return (FieldKind(rawValue: 98), kept.bytes)
  }()

  static func unknownOperation(value: Value) -> (kind: FieldKind, bytes: [UInt8]) {
    var shape = ProtobufWriter()
    shape.field(1, unsigned: 9)
    shape.field(2, unsigned: 99)
    shape.field(15, bytes: [0xff])
    var kept = ProtobufWriter()
    kept.field(2, bytes: shape.bytes)
    kept.message(3) { value.write(to: &$0) }
    return (FieldKind(rawValue: 99), kept.bytes)
  }

  static func digest(_ bytes: [UInt8]) -> Digest {
    guard let digest = Digest(bytes: bytes) else { preconditionFailure("a digest has 32 bytes") }
    return digest
  }

  /// Writes a message by hand, well-formed or not.
  static func encoding(_ body: (inout ProtobufWriter) -> Void) -> [UInt8] {
    var writer = ProtobufWriter()
    body(&writer)
    return writer.bytes
  }
}
