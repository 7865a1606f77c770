/// A device's successions as bytes: each with its length in front, two bytes, big-endian.
enum LineageCoding {
  static func encode(_ lineage: [[UInt8]]) -> [UInt8] {
    lineage.flatMap { [UInt8(truncatingIfNeeded: $0.count >> 8), UInt8(truncatingIfNeeded: $0.count)] + $0 }
  }

  static func decode(_ bytes: [UInt8]) throws -> [[UInt8]] {
    var rest = bytes[...]
    var lineage: [[UInt8]] = []
    while let high = rest.popFirst() {
      guard let low = rest.popFirst() else { throw StorageError(.damaged) }
      let count = Int(high) << 8 | Int(low)
      guard count <= rest.count else { throw StorageError(.damaged) }
      lineage.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return lineage
  }
}
