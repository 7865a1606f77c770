public import CRDT

/// What a check of everything that is stored found.
public struct VerificationReport: Hashable, Sendable {
  /// Something that is not as it was stored.
  public struct Finding: Hashable, Sendable {
    /// What is wrong.
    public enum Fault: String, Hashable, Sendable {
      /// SQLite finds the file itself damaged.
      case file
      /// A change is not what its digest says, or does not follow its actor's last one.
      case change
      /// A change's stamp is not the server's.
      case stamp
      /// A position of the log is missing, or has a change of no record.
      case log
      /// A record's snapshot is not what its changes make.
      case snapshot
      /// What is known of a record apart from its content is not what its changes say.
      case record
      /// A journal entry's digest is not what its changes make.
      case entry
      /// An attachment's bytes are not those that came.
      case attachment
      /// The key of a record is not in the key database, and it is not said there that it was destroyed.
      case key
      /// A row of a log of knowing is not the one that stands in the tree, or the tree is not the one that
      /// was signed.
      case knowing
      /// A replica's rows are not those that were written last: one was left out, put back or brought in.
      case rows
    }

    /// What is wrong.
    public let fault: Fault
    /// The record.
    public let record: Identifier?
    /// The change.
    public let change: ChangeID?
    /// The place of a row in a log of knowing, from 0.
    public var row: UInt64?
  }

  /// How many records were checked.
  public internal(set) var records = 0
  /// How many of them were erased, so that only their stamps can be checked.
  public internal(set) var erasedRecords = 0
  /// How many changes were checked.
  public internal(set) var changes = 0
  /// How many journal entries were checked.
  public internal(set) var entries = 0
  /// How many attachments' bytes were checked.
  public internal(set) var attachments = 0
  /// How many rows of logs of knowing were checked.
  public internal(set) var logRows = 0
  /// What was found; nothing when all is well.
  public internal(set) var findings: [Finding] = []

  /// Whether all is as it was stored.
  public var isSound: Bool { findings.isEmpty }

  mutating func add(
    _ fault: Finding.Fault, record: Identifier? = nil, change: ChangeID? = nil, row: UInt64? = nil
  ) {
    findings.append(Finding(fault: fault, record: record, change: change, row: row))
  }
}
