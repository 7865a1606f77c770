/// Reads a whole log, row by row, against the checkpoints that were signed over the years, and says which row
/// was altered, or between which checkpoints.
///
/// Whoever alters rows and makes the tree anew cannot make the old checkpoints anew where others keep them,
/// so the audit takes those of clients beside the server's own.
public struct LogAudit: Sendable {
  private var frontier: MerkleFrontier
  private var checkpoints: ArraySlice<LogCheckpoint>
  private var provenSize: UInt64
  private var isBroken = false

  /// Begins an audit.
  ///
  /// - Parameters:
  ///   - frontier: of what was audited before; empty for all of the log.
  ///   - checkpoints: of this log, verified, in any order.
  public init(from frontier: MerkleFrontier = MerkleFrontier(), checkpoints: [LogCheckpoint]) {
    self.frontier = frontier
    self.checkpoints = checkpoints.filter { $0.size >= frontier.size }.sorted { $0.size < $1.size }[...]
    provenSize = frontier.size
  }

  /// Takes in another checkpoint of this log, verified: one that turned up while rows were read. One of a
  /// size that was passed already tells nothing more.
  ///
  /// - Complexity: O(checkpoints ahead)
  /// - Returns: whether it is compared; one that is known is already.
  public mutating func expect(_ checkpoint: LogCheckpoint) -> Bool {
    guard checkpoint.size >= size, !checkpoints.contains(checkpoint) else { return false }
    let place = checkpoints.firstIndex { $0.size > checkpoint.size } ?? checkpoints.endIndex
    checkpoints.insert(checkpoint, at: place)
    return true
  }

  /// How many rows were shown to be as they were signed: up to the last checkpoint that holds.
  public var provenRows: UInt64 { provenSize }

  /// How many rows were read.
  public var size: UInt64 { frontier.size }

  /// Takes the next row.
  ///
  /// - Parameters:
  ///   - leaf: the leaf's hash, worked out from the row.
  ///   - stored: the leaf's hash as the tree's store has it, if it has one. Then an altered row is named, and
  ///     the audit goes on with what was signed.
  /// - Complexity: O(log n), O(1) on average, apart from checkpoints
  public mutating func add(leaf: Digest, stored: Digest? = nil) -> [AuditFinding] {
    var findings = check()
    if let stored, stored != leaf { findings.append(.alteredRow(size)) }
    frontier.append(stored ?? leaf)
    return findings + check()
  }

  /// Ends the audit where the rows end.
  public mutating func finish() -> [AuditFinding] {
    let findings = check()
    guard let last = checkpoints.last, last.size > size else { return findings }
    return findings + [.missingRows(size..<last.size)]
  }

  /// Compares with the checkpoints at the size that is reached. Of roots only the first that is wrong tells
  /// anything: all that follow contain the same rows.
  private mutating func check() -> [AuditFinding] {
    let here = checkpoints.prefix { $0.size == size }
    guard !isBroken, !here.isEmpty else { return [] }
    checkpoints = checkpoints.dropFirst(here.count)
    isBroken = here.contains { $0.root != frontier.root }
    if isBroken { return [.alteredRows(provenSize..<size)] }
    provenSize = size
    return []
  }
}
