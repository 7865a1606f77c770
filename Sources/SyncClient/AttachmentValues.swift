public import Replication

/// How far an attachment's bytes have come.
public typealias AttachmentProgress = Replication.AttachmentProgress

/// Files that were attached here and are not all at the server.
public struct AttachmentBacklog: Hashable, Sendable {
  /// How many wait to be sent.
  public let count: Int
  /// How many bytes of them.
  public let bytes: UInt64
  /// When the oldest was attached, in milliseconds since 1970 by this device's clock.
  public let since: Int64?
  /// How many the server does not take.
  public let refused: Int
}

/// How an attachment's bytes stand here.
public struct AttachmentStanding: Hashable, Sendable {
  /// Where they are.
  public enum Place: String, Hashable, Sendable {
    /// Attached here, and not all at the server.
    case unsent
    /// Attached here, and the server does not take them.
    case refused
    /// Attached here, and all at the server.
    case sent
    /// Not all at the server, as far as is known: its author's device has them.
    case awaited
    /// At the server; they can be fetched.
    case available
    /// Fetched: all here.
    case here
  }

  /// Where they are.
  public let place: Place
  /// How many are here.
  public let present: UInt64
  /// Of one that was attached here, how many the server has.
  public let sent: UInt64
  /// Why they are refused or could not be had when they were last asked for: a name of `Protocol/errors.md`.
  public let refusal: String?
  /// Whether they are all here.
  public let isWhole: Bool
}

/// What came of fetching an attachment.
public enum FetchOutcome: Hashable, Sendable {
  /// All bytes are here, and they are those that the record names.
  case here
  /// They cannot be had now: a name of `Protocol/errors.md`.
  case refused(String)
  /// The server was not reached, or the connection broke; what came is kept, and gone on from.
  case offline(String)
}
