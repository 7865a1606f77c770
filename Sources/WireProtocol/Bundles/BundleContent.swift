/// The messages in a bundle, as its chunks are opened: each has its length in front (4 bytes, big-endian).
public struct BundleContent: Sendable {
  private var buffer: [UInt8] = []
  private var start = 0

  /// Whether nothing waits.
  public var isEmpty: Bool { start == buffer.count }

  /// Nothing yet.
  public init() {}

  /// Adds what a chunk holds.
  ///
  /// - Complexity: O(what waits and what is added), which is a message and a chunk
  public mutating func append(_ chunk: [UInt8]) {
    buffer.removeFirst(start)
    start = 0
    buffer += chunk
  }

  /// The next message; `nil` while it is not whole.
  ///
  /// - Throws: `ProtocolError` `MALFORMED` for a length that no message has, before anything of it waits.
  public mutating func next() throws -> [UInt8]? {
    guard buffer.count - start >= 4 else { return nil }
    let count = buffer[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    guard count > 0, count <= Limits.messageBytes else { throw ProtocolError.malformed }
    guard buffer.count - start - 4 >= count else { return nil }
    defer { start += 4 + count }
    return Array(buffer[start + 4..<start + 4 + count])
  }

  /// A message as it stands in the content.
  public static func framed(_ message: [UInt8]) -> [UInt8] {
    let count = UInt32(truncatingIfNeeded: message.count)
    return (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * UInt32($0))) } + message
  }
}
