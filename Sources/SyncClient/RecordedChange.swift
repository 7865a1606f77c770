public import CRDT

/// A change as the server has it, and what it did.
public struct RecordedChange: Hashable, Sendable {
  /// What a change did to one field.
  public struct Edit: Hashable, Sendable {
    /// The field.
    public let field: FieldID
    /// What was shown before; several values that nobody had settled, the first in front; empty for none.
    public let before: [Value]
    /// What was shown afterwards.
    public let after: [Value]
  }

  /// The record.
  public let record: Identifier
  /// The author's name, or his account where the name is not known here.
  public let author: String
  /// What the author called the device; `nil` where the server knows none.
  public let device: String?
  /// Milliseconds since 1970 by the author's clock.
  public let writtenAt: Int64
  /// Milliseconds since 1970 by the server's clock.
  public let receivedAt: Int64
  /// Whether it has effect.
  public let isAccepted: Bool
  /// Whether it made the record.
  public let isCreation: Bool
  /// What it did, field by field.
  public let edits: [Edit]
}
