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
  /// Whether it waits for its author, who confirms it or takes it back.
  public var isHeld: Bool { refusal?.isHeld == true }

  /// Why an entry has no effect, and the place in it of the change that decided.
  public struct Refusal: Hashable, Sendable {
    /// The reason.
    public let code: ErrorCode
    /// The place in the entry.
    public let change: UInt32
    /// Whether it is void for good, or waits.
    public let kind: Kind
    /// Of a held entry: what says now who may read its records. It is told with the verdict as things stand
    /// then, and is no part of it.
    public internal(set) var audiences: [RecordAudience] = []

    /// What comes of an entry that has no effect.
    public enum Kind: UInt8, Sendable {
      /// It is refused for good.
      case refused = 1
      /// A person decides on it.
      case quarantined = 2
      /// Its author confirms it, or takes it back.
      case held = 3
    }

    /// Whether a person decides on it.
    public var isQuarantined: Bool { kind == .quarantined }
    /// Whether its author decides on it.
    public var isHeld: Bool { kind == .held }

    /// Makes a refusal.
    public init(code: ErrorCode, change: UInt32, _ kind: Kind = .refused) {
      self.kind = kind
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
