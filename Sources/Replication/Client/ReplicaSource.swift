public import WireProtocol

/// What the client's machine reads of its replica.
public protocol ReplicaSource {
  /// The newest entry of the journal.
  func journal() throws -> JournalHead
  /// The journal's digest after an entry; `nil` when there is no such entry.
  func digest(ofEntry number: UInt64) throws -> Digest?
  /// Own entries without a verdict after a number, oldest first.
  func pendingEntries(after number: UInt64, limit: Int) throws -> [LinkedEntry]
}
