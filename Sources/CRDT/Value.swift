/// A value of a field or an element of a set.
///
/// Texts compare by their UTF-8 bytes, not by canonical equivalence: two replicas must agree on what is the same
/// value byte for byte, whatever Unicode version each was built with.
public enum Value: Sendable {
  /// The field is cleared; a value like any other, so that clearing and writing at the same time shows both.
  case null
  /// True or false.
  case boolean(Bool)
  /// A whole number, an amount in the smallest unit, or a calendar day as the days since 1970-01-01.
  case integer(Int64)
  /// Text, well-formed UTF-8.
  case text(String)
  /// Bytes.
  case bytes([UInt8])
  /// Names a record, a person, or whatever else has an identifier.
  case identifier(Identifier)
  /// A value of a type that a later version added, kept as its encoding.
  case unknown([UInt8])
}

extension Value: Hashable {
  public static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.boolean(let left), .boolean(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    case (.bytes(let left), .bytes(let right)): left == right
    case (.identifier(let left), .identifier(let right)): left == right
    case (.unknown(let left), .unknown(let right)): left == right
    case (.null, _), (.boolean, _), (.integer, _), (.text, _), (.bytes, _), (.identifier, _), (.unknown, _):
      false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .boolean(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(value)
    case .text(let value): for byte in value.utf8 { hasher.combine(byte) }
    case .bytes(let value), .unknown(let value): hasher.combine(value)
    case .identifier(let value): hasher.combine(value)
    }
  }
}
