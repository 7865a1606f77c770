public import CRDT
public import Replication

/// What verdicts did to a replica.
public struct AppliedVerdicts: Hashable, Sendable {
  /// The entries that were accepted by these verdicts, in order.
  public internal(set) var accepted: [UInt64] = []
  /// Those that were refused, with what they hold.
  public internal(set) var refused: [RefusedEntry] = []
  /// Those that wait for a person's decision.
  public internal(set) var quarantined: [UInt64] = []
  /// Those that wait for this person, who wrote them.
  public internal(set) var held: [UInt64] = []
  /// The records whose confirmed state or shown content changed.
  public internal(set) var records: Set<Identifier> = []
}

/// An own entry that the server refused. Its content stays here, for its author.
public struct RefusedEntry: Hashable, Sendable {
  /// The entry. What left the device's scope since is sealed to the tenant, and not among its changes.
  public let entry: JournalEntry
  /// The record of the change that decided.
  public let record: Identifier
  /// Why, and which change in it decided.
  public let refusal: EntryVerdict.Refusal
  /// When it was written, in milliseconds since 1970 by this device's clock.
  public let writtenAt: Int64
  /// When the server received it, by the server's clock.
  public let receivedAt: Int64
  /// Why a person who decided on it refused it; `nil` when no person did.
  public let reason: QuarantineReason?

  init(
    entry: JournalEntry, record: Identifier, refusal: EntryVerdict.Refusal, writtenAt: Int64,
    receivedAt: Int64, reason: QuarantineReason? = nil
  ) {
    self.entry = entry
    self.record = record
    self.refusal = refusal
    self.writtenAt = writtenAt
    self.receivedAt = receivedAt
    self.reason = reason
  }
}
