public import CRDT
public import WireProtocol

/// What the server's machine reads of the logs of knowing while it answers.
public protocol LogSource {
  /// The newest checkpoint of a log; `nil` before the first.
  func logCheckpoint(of kind: LogKind) throws -> SignedCheckpoint?
  /// Proves that a log was only appended to from one size to another.
  ///
  /// - Throws: `MerkleTreeError` `outOfRange` for a size beyond it.
  func consistencyProof(of kind: LogKind, from first: UInt64, to second: UInt64) throws -> ConsistencyProof
  /// Proves that a row stands at its place in the log of a size.
  ///
  /// - Throws: `MerkleTreeError` `outOfRange` for a place or a size beyond it.
  func inclusionProof(of kind: LogKind, at place: UInt64, size: UInt64) throws -> InclusionProof
  /// Whether the log of what was opened has a row with this event's part.
  func hasOpened(_ event: Digest) throws -> Bool
  /// A row of the log of what was opened, by its event's part, and its place.
  ///
  /// - Parameter size: how many rows the log had; no more than by its newest checkpoint, or the answer would
  ///   tell how long it is, which padding is to hide.
  /// - Returns: `nil` for a row that stands later, and for all where the log was not signed as long.
  func openedRow(_ event: Digest, before size: UInt64) throws -> (place: UInt64, row: LogRow)?
  /// The rows about a record, in their order, with all that can still be told of them.
  ///
  /// - Parameters:
  ///   - time: rows that were recorded then or later, in milliseconds since 1970.
  ///   - first: places from this one on.
  ///   - end: and before this one.
  ///   - limit: at most so many.
  func logRows(
    of kind: LogKind, about record: Identifier, since time: Int64, from first: UInt64, to end: UInt64,
    limit: Int
  ) throws -> [(place: UInt64, row: LogRow)]
  /// Rows of a log in their order, with all that can still be told of them, and of each also the leaf that
  /// its tree has, so that who reads them finds one that was altered since.
  ///
  /// - Parameters:
  ///   - first: from this place on; none is left out, though it be gone.
  ///   - end: and before this one.
  func rowsForAudit(of kind: LogKind, from first: UInt64, to end: UInt64) throws -> [AuditRow]
  /// The checkpoints of a log that were kept, of sizes above one and up to another, the smallest first.
  func logCheckpoints(
    of kind: LogKind, above size: UInt64, through last: UInt64, limit: Int
  ) throws -> [SignedCheckpoint]
}

extension LogSource {
  /// A source without logs.
  public func rowsForAudit(of kind: LogKind, from first: UInt64, to end: UInt64) throws -> [AuditRow] { [] }
  /// A source without logs.
  public func logCheckpoints(
    of kind: LogKind, above size: UInt64, through last: UInt64, limit: Int
  ) throws -> [SignedCheckpoint] { [] }
  /// A source without logs.
  public func hasOpened(_ event: Digest) throws -> Bool { false }
  /// A source without logs.
  public func openedRow(_ event: Digest, before size: UInt64) throws -> (place: UInt64, row: LogRow)? { nil }
  /// A source without logs.
  public func logCheckpoint(of kind: LogKind) throws -> SignedCheckpoint? { nil }
  /// A source without logs.
  public func consistencyProof(
    of kind: LogKind, from first: UInt64, to second: UInt64
  ) throws -> ConsistencyProof {
    throw MerkleTreeError.outOfRange
  }
  /// A source without logs.
  public func inclusionProof(of kind: LogKind, at place: UInt64, size: UInt64) throws -> InclusionProof {
    throw MerkleTreeError.outOfRange
  }
  /// A source without logs.
  public func logRows(
    of kind: LogKind, about record: Identifier, since time: Int64, from first: UInt64, to end: UInt64,
    limit: Int
  ) throws -> [(place: UInt64, row: LogRow)] { [] }
}
