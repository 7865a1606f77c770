/// What a peer, a file or a store gave could not be used. It tells why by a code and says nothing of the
/// content.
public struct ProtocolError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Why, as listed in `Protocol/errors.md`.
  public let code: ErrorCode

  /// Makes an error.
  public init(_ code: ErrorCode) { self.code = code }

  /// Bytes that are not what the protocol says.
  public static let malformed = ProtocolError(.malformed)

  public var description: String { code.name }
}
