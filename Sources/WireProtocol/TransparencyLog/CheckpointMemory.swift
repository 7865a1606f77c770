public import CRDT

/// What a client keeps of one log, and holds every further checkpoint against.
///
/// It begins with the first checkpoint that it sees, and only goes forward. After a finding it stays where it
/// was, so that the same comes up again until a person has dealt with it. Where a person accepts another log,
/// a new memory begins with it, and the old checkpoint is kept beside.
public struct CheckpointMemory: Hashable, Sendable {
  /// The tenant.
  public let tenant: Identifier
  /// Which of its logs.
  public let kind: LogKind
  /// The newest checkpoint that stood up; `nil` before the first.
  public private(set) var newest: SignedCheckpoint?

  /// Begins, or goes on from what was stored.
  public init(tenant: Identifier, kind: LogKind, newest: SignedCheckpoint? = nil) {
    self.tenant = tenant
    self.kind = kind
    self.newest = newest
  }

  /// The size from which the next proof has to start; 0 when nothing is known.
  public var size: UInt64 { newest?.checkpoint.size ?? 0 }

  /// Takes in the checkpoint that the server says is its newest.
  ///
  /// - Parameters:
  ///   - proof: from `size` to that of the checkpoint; none is needed when nothing is known, or nothing was
  ///     appended.
  ///   - key: the tenant's, pinned.
  /// - Throws: what is wrong; then nothing is taken in.
  /// - Complexity: O(log n), and a signature
  public mutating func take(
    _ signed: SignedCheckpoint, proof: ConsistencyProof?, key: VerifyingKey
  ) throws(LogFinding) {
    try compare(signed, proof: proof, key: key)
    guard signed.checkpoint.size >= size else { throw .rolledBack }
    newest = signed
  }

  /// Holds a checkpoint from elsewhere against what is known: another device's, a bundle's, a printed one.
  /// That way a server is found out that shows each device a history of its own.
  ///
  /// - Parameter proof: from the smaller of the two sizes to the larger.
  /// - Throws: what is wrong.
  /// - Complexity: O(log n), and a signature
  public func compare(
    _ signed: SignedCheckpoint, proof: ConsistencyProof?, key: VerifyingKey
  ) throws(LogFinding) {
    let other = signed.checkpoint
    guard other.tenant == tenant, other.kind == kind else { throw .otherLog }
    guard signed.isSigned(by: key) else { throw .badSignature }
    guard let newest else { return }
    let known = newest.checkpoint
    guard other.isSameLog(as: known) else { throw .replaced }
    if let split = SplitView(known: newest, shown: signed) { throw .splitView(split) }
    let (older, later) = known.size <= other.size ? (known, other) : (other, known)
    let proof = proof ?? ConsistencyProof(first: older.size, second: later.size, path: [])
    guard later.isConsistent(with: older, proof: proof) else { throw .unproven }
  }
}
