import CRDT
import WireProtocol

/// What a row of a change holds beside what it is found by; it is sealed as one value.
///
///     flags 1 byte (1: a payload, 2: an origin) · bytes of the header 4 · header
///     · with a payload: its bytes 4 · payload · the rest: origin
struct ChangeContent: Hashable, Sendable {
  /// The header's canonical encoding.
  let header: [UInt8]
  /// What was done; `nil` when that is not known here.
  let payload: [UInt8]?
  /// The encoded origin.
  let origin: [UInt8]?

  init(header: [UInt8], payload: [UInt8]?, origin: [UInt8]?) {
    self.header = header
    self.payload = payload
    self.origin = origin
  }

  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(9 + header.count + (payload?.count ?? 0) + (origin?.count ?? 0))
    bytes.append((payload == nil ? 0 : 1) | (origin == nil ? 0 : 2))
    func append(_ part: [UInt8]) {
      for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: part.count >> shift)) }
      bytes += part
    }
    append(header)
    if let payload { append(payload) }
    if let origin { bytes += origin }
    return bytes
  }

  /// - Throws: `damaged`.
  init(encoded bytes: [UInt8]) throws {
    var rest = bytes[...]
    func take(_ count: Int) throws -> ArraySlice<UInt8> {
      guard count <= rest.count else { throw StorageError(.damaged) }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
    func part() throws -> [UInt8] { Array(try take(try take(4).reduce(0) { $0 << 8 | Int($1) })) }
    guard let flags = rest.popFirst(), flags & ~3 == 0 else { throw StorageError(.damaged) }
    header = try part()
    payload = flags & 1 == 0 ? nil : try part()
    origin = flags & 2 == 0 ? nil : Array(rest)
    guard origin != nil || rest.isEmpty else { throw StorageError(.damaged) }
  }

  /// The change, with its payload.
  ///
  /// - Throws: `damaged` without one, or when it does not decode.
  func change() throws -> EncodedChange {
    guard let payload else { throw StorageError(.damaged) }
    return EncodedChange(
      header: try ChangeHeader(canonicalBytes: header), payload: payload,
      origin: try origin.map { try ChangeOrigin(encoded: $0) })
  }
}
