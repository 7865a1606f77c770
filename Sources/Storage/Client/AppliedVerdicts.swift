public import CRDT
public import Replication

/// What verdicts did to a replica.
public struct AppliedVerdicts: Hashable, Sendable {
  /// The entries that were accepted by these verdicts, in order.
  public internal(set) var accepted: [UInt64] = []
  /// Those that were refused, with what they hold.
  public internal(set) var refused: [RefusedEntry] = []
  /// The records whose confirmed state or shown content changed.
  public internal(set) var records: Set<Identifier> = []
}

/// An own entry that the server refused. Its content stays here, for its author.
public struct RefusedEntry: Hashable, Sendable {
  /// The entry.
  public let entry: JournalEntry
  /// Why, and which change in it decided.
  public let refusal: EntryVerdict.Refusal
  /// When it was written, in milliseconds since 1970 by this device's clock.
  public let writtenAt: Int64
  /// When the server received it, by the server's clock.
  public let receivedAt: Int64
}
