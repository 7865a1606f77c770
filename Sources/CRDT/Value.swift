/// A value of a field or an element of a set.
///
/// Texts compare by their UTF-8 bytes, not by canonical equivalence: two replicas must agree on what is the
/// same value byte for byte, whatever Unicode version each was built with.
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
  /// Whether both are the same, texts and encodings byte for byte.
  public static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.boolean(let left), .boolean(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.text(let left), .text(let right)): left.hasSameBytes(as: right)
    case (.bytes(let left), .bytes(let right)): left == right
    case (.identifier(let left), .identifier(let right)): left == right
    case (.unknown(let left), .unknown(let right)): left == right
    case (.null, _), (.boolean, _), (.integer, _), (.text, _), (.bytes, _), (.identifier, _), (.unknown, _):
      false
    }
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .boolean(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(value)
    case .text(var value): value.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    case .bytes(let value), .unknown(let value): hasher.combine(value)
    case .identifier(let value): hasher.combine(value)
    }
  }
}

extension String {
  /// Whether both are the same bytes, which `==` does not ask.
  fileprivate func hasSameBytes(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    let fast = utf8.withContiguousStorageIfAvailable { left in
      other.utf8.withContiguousStorageIfAvailable { right in left.elementsEqual(right) }
    }
    return (fast ?? nil) ?? utf8.elementsEqual(other.utf8)
  }
}
