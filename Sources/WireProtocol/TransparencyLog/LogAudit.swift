/// Reads a whole log, row by row, against the checkpoints that were signed over the years, and says which row
/// was altered, or between which checkpoints.
///
/// Whoever alters rows and makes the tree anew cannot make the old checkpoints anew where others keep them,
/// so the audit takes those of clients beside the server's own. It holds the checkpoints that it has not
/// reached yet, and none any more once a root was wrong.
public struct LogAudit: Sendable {
  private var frontier: MerkleFrontier
  private var checkpoints: ArraySlice<LogCheckpoint>
  /// The size of the last checkpoint that held.
  private var heldSize: UInt64
  private var firstAltered: UInt64?
  /// The largest size that was signed.
  private var signedSize: UInt64
  private var isBroken = false

  /// Begins an audit.
  ///
  /// - Parameters:
  ///   - frontier: of what was audited before; empty for all of the log.
  ///   - checkpoints: of this log, verified, in any order.
  public init(from frontier: MerkleFrontier = MerkleFrontier(), checkpoints: [LogCheckpoint]) {
    self.frontier = frontier
    self.checkpoints = checkpoints.filter { $0.size >= frontier.size }.sorted { $0.size < $1.size }[...]
    heldSize = frontier.size
    signedSize = self.checkpoints.last?.size ?? frontier.size
  }

  /// Takes in another checkpoint of this log, verified: one that turned up while rows were read. One of a
  /// size that was passed already tells nothing more, nor does any once a root was wrong.
  ///
  /// - Complexity: O(checkpoints ahead)
  /// - Returns: whether it is compared; one that is known is already.
  public mutating func expect(_ checkpoint: LogCheckpoint) -> Bool {
    guard !isBroken, checkpoint.size >= size, !checkpoints.contains(checkpoint) else { return false }
    signedSize = max(signedSize, checkpoint.size)
    let place = checkpoints.firstIndex { $0.size > checkpoint.size } ?? checkpoints.endIndex
    checkpoints.insert(checkpoint, at: place)
    return true
  }

  /// How many rows from the first one on were shown to be as they were signed: up to the last checkpoint that
  /// held before anything was wrong, and no further than to the first row that was altered or is gone.
  public var provenRows: UInt64 { min(heldSize, firstAltered ?? heldSize) }

  /// How many rows were read.
  public var size: UInt64 { frontier.size }

  /// Takes the next row.
  ///
  /// - Parameters:
  ///   - leaf: the leaf's hash, worked out from the row; `nil` when the row is gone or cannot be read.
  ///   - stored: the leaf's hash as the tree's store has it, if it has one. Then an altered row is named, and
  ///     the audit goes on with what was signed.
  /// - Complexity: O(log n), O(1) on average, apart from checkpoints
  public mutating func add(leaf: Digest?, stored: Digest? = nil) -> [AuditFinding] {
    var findings = check()
    let standing = stored ?? leaf
    if leaf == nil || standing != leaf {
      findings.append(.alteredRow(size))
      firstAltered = firstAltered ?? size
    }
    frontier.append(standing ?? MerkleTree.emptyRoot)
    return findings + check()
  }

  /// Ends the audit where the rows end.
  public mutating func finish() -> [AuditFinding] {
    let findings = check()
    guard signedSize > size else { return findings }
    return findings + [.missingRows(size..<signedSize)]
  }

  /// Compares with the checkpoints at the size that is reached. Of roots only the first that is wrong tells
  /// anything: all that follow contain the same rows.
  private mutating func check() -> [AuditFinding] {
    let here = checkpoints.prefix { $0.size == size }
    guard !isBroken, !here.isEmpty else { return [] }
    checkpoints = checkpoints.dropFirst(here.count)
    guard here.contains(where: { $0.root != frontier.root }) else {
      heldSize = size
      return []
    }
    (isBroken, checkpoints) = (true, [])
    return [.alteredRows(heldSize..<size)]
  }
}
