public import CRDT
public import WireProtocol

/// One act of a device: 1–64 changes that get one verdict.
public struct JournalEntry: Hashable, Sendable {
  /// The entry's number in its actor's journal, from 1, without gaps.
  public let number: UInt64
  /// The changes, in order.
  public let changes: [EncodedChange]

  /// Makes an entry.
  public init(number: UInt64, changes: [EncodedChange]) {
    self.number = number
    self.changes = changes
  }
}

/// A journal entry with the digests that link it.
public struct LinkedEntry: Hashable, Sendable {
  /// The entry.
  public let entry: JournalEntry
  /// The digest of each change in its actor's chain in its record.
  public let digests: [Digest]
  /// The journal after the entry.
  public let journal: JournalHead

  /// Links an entry.
  public init(entry: JournalEntry, digests: [Digest], journal: JournalHead) {
    self.entry = entry
    self.digests = digests
    self.journal = journal
  }
}

/// The server's verdict on an entry.
public struct EntryVerdict: Hashable, Sendable {
  /// The entry's number in its actor's journal.
  public let entry: UInt64
  /// Why it has no effect; `nil` when it was accepted.
  public let refusal: Refusal?
  /// Milliseconds since 1970 by the server's clock.
  public let receivedAt: Int64
  /// One stamp a change.
  public let seals: [Seal]

  /// Whether it waits for a person who decides on it.
  public var isQuarantined: Bool { refusal?.isQuarantined == true }

  /// Why an entry has no effect, and the place in it of the change that decided.
  public struct Refusal: Hashable, Sendable {
    /// The reason.
    public let code: ErrorCode
    /// The place in the entry.
    public let change: UInt32
    /// Whether a person decides on it; otherwise it is refused for good.
    public let isQuarantined: Bool

    /// Makes a refusal.
    public init(code: ErrorCode, change: UInt32, isQuarantined: Bool = false) {
      self.isQuarantined = isQuarantined
      self.code = code
      self.change = change
    }
  }

  /// Makes a verdict.
  public init(entry: UInt64, refusal: Refusal?, receivedAt: Int64, seals: [Seal]) {
    self.entry = entry
    self.refusal = refusal
    self.receivedAt = receivedAt
    self.seals = seals
  }
}
