/// Names an actor: the first eight bytes of SHA-256 of its public key.
///
/// An actor is one key pair of one device. A device takes a new actor when it finds that it was cloned,
/// restored, or that its server was; two writers never share one.
public struct ActorID: BitwiseCopyable, RawRepresentable, Hashable, Sendable, Comparable {
  /// The eight bytes, big-endian.
  public let rawValue: UInt64

  /// Makes an actor id of its eight bytes.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// By bytes.
  public static func < (left: ActorID, right: ActorID) -> Bool { left.rawValue < right.rawValue }
}

extension ActorID: CustomStringConvertible {
  /// Sixteen hexadecimal digits.
  public var description: String {
    let digits = String(rawValue, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
