public import WireProtocol

/// What the server's machine reads of the logs of knowing while it answers.
public protocol LogSource {
  /// The newest checkpoint of a log; `nil` before the first.
  func logCheckpoint(of kind: LogKind) throws -> SignedCheckpoint?
  /// Proves that a log was only appended to from one size to another.
  ///
  /// - Throws: `MerkleTreeError` `outOfRange` for a size beyond it.
  func consistencyProof(of kind: LogKind, from first: UInt64, to second: UInt64) throws -> ConsistencyProof
}

extension LogSource {
  /// A source without logs.
  public func logCheckpoint(of kind: LogKind) throws -> SignedCheckpoint? { nil }
  /// A source without logs.
  public func consistencyProof(
    of kind: LogKind, from first: UInt64, to second: UInt64
  ) throws -> ConsistencyProof {
    throw MerkleTreeError.outOfRange
  }
}
