/// Named values as bytes, so that they are sealed as one: each name with its length in front, then the
/// value's kind and the value.
enum MetaCoding {
  private enum Kind: UInt8 {
    case null = 0
    case integer = 1
    case text = 2
    case bytes = 3
  }

  static func encode(_ rows: [(key: String, value: BoundValue)]) -> [UInt8] {
    var bytes: [UInt8] = []
    func append(count: Int) {
      for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
    }
    for (key, value) in rows {
      bytes.append(UInt8(truncatingIfNeeded: key.utf8.count))
      bytes += key.utf8
      if let integer = value.integer {
        bytes.append(Kind.integer.rawValue)
        withUnsafeBytes(of: integer.bigEndian) { bytes += $0 }
      } else if let text = value.text {
        bytes.append(Kind.text.rawValue)
        append(count: text.utf8.count)
        bytes += text.utf8
      } else if let blob = value.bytes {
        bytes.append(Kind.bytes.rawValue)
        append(count: blob.count)
        bytes += blob
      } else {
        bytes.append(Kind.null.rawValue)
      }
    }
    return bytes
  }

  /// - Throws: `damaged`.
  static func decode(_ bytes: [UInt8]) throws -> [String: BoundValue] {
    var rest = bytes[...]
    func take(_ count: Int) throws -> ArraySlice<UInt8> {
      guard count <= rest.count else { throw StorageError(.damaged) }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
    func part() throws -> ArraySlice<UInt8> { try take(try take(4).reduce(0) { $0 << 8 | Int($1) }) }
    func text(_ bytes: ArraySlice<UInt8>) throws -> String {
      guard let text = String(validating: bytes, as: UTF8.self) else { throw StorageError(.damaged) }
      return text
    }
    var values: [String: BoundValue] = [:]
    while let count = rest.popFirst() {
      let key = try text(try take(Int(count)))
      guard let kind = try take(1).first.flatMap({ Kind(rawValue: $0) }), values[key] == nil else {
        throw StorageError(.damaged)
      }
      values[key] =
        switch kind {
        case .null: .null
        case .integer: .integer(try take(8).reduce(0) { $0 << 8 | Int64($1) })
        case .text: .text(try text(try part()))
        case .bytes: .blob(Array(try part()))
        }
    }
    return values
  }
}
