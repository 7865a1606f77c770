import CRDT
import WireProtocol

/// Rows of the logs of knowing with their proofs, and the checkpoints that they hold against, as somebody
/// brought them along.
public struct LogEvidence: Sendable {
  /// A row, with the way from it to the root.
  public struct Row: Sendable {
    let log: String
    let index: UInt64
    let size: UInt64
    let path: [UInt8]
    let row: [UInt8]

    /// Takes what was brought along.
    public init(log: String, index: UInt64, size: UInt64, path: [UInt8], row: [UInt8]) {
      self.log = log
      self.index = index
      self.size = size
      self.path = path
      self.row = row
    }
  }

  /// What is to be said of it.
  public enum Finding: Hashable, Sendable {
    /// A checkpoint is none of this tenant's, or its signature does not fit.
    case foreignCheckpoint
    /// The tenant signed another log of the same size: it showed two histories.
    case splitView
    /// The tenant has begun another log since, or before.
    case otherLog
    /// So many rows do not stand in any log that was brought along.
    case unprovenRows(Int)
  }

  private let checkpoints: [(body: [UInt8], signature: [UInt8])]
  private let rows: [Row]

  /// How many rows there are.
  public var count: Int { rows.count }

  /// Takes what was brought along.
  public init(checkpoints: [(body: [UInt8], signature: [UInt8])], rows: [Row]) {
    self.checkpoints = checkpoints
    self.rows = rows
  }

  /// - Parameters:
  ///   - key: the tenant's.
  ///   - known: the newest checkpoints that a device keeps.
  func findings(tenant: Identifier, key: VerifyingKey, known: [SignedCheckpoint]) -> [Finding] {
    var findings: Set<Finding> = []
    var signed: [SignedCheckpoint] = []
    for one in checkpoints {
      guard let checkpoint = try? SignedCheckpoint(body: one.body, signature: one.signature),
        checkpoint.isSigned(by: key), checkpoint.checkpoint.tenant == tenant
      else {
        findings.insert(.foreignCheckpoint)
        continue
      }
      signed.append(checkpoint)
      for other in known where other.checkpoint.kind == checkpoint.checkpoint.kind {
        if !other.checkpoint.isSameLog(as: checkpoint.checkpoint) { findings.insert(.otherLog) }
        if SplitView(known: other, shown: checkpoint) != nil { findings.insert(.splitView) }
      }
    }
    let unproven = rows.count { row in !signed.contains { $0.checkpoint.shows(row) } }
    if unproven > 0 { findings.insert(.unprovenRows(unproven)) }
    return findings.sorted { $0.order < $1.order }
  }
}

extension LogEvidence.Finding {
  fileprivate var order: Int {
    switch self {
    case .splitView: 0
    case .foreignCheckpoint: 1
    case .otherLog: 2
    case .unprovenRows: 3
    }
  }
}

extension LogCheckpoint {
  fileprivate func shows(_ row: LogEvidence.Row) -> Bool {
    let name: LogSummary.Name = kind == .delivered ? .delivered : .opened
    let hashes = stride(from: 0, to: row.path.count, by: Digest.byteCount).map {
      row.path[$0..<min($0 + Digest.byteCount, row.path.count)]
    }
    guard name.rawValue == row.log, let told = try? LogRow(encoded: row.row),
      let proof = try? InclusionProof(index: row.index, size: row.size, received: hashes)
    else { return false }
    return contains(told, proof: proof)
  }
}

extension Replica {
  /// Holds rows that somebody brought along against the checkpoints beside them, these against the tenant's
  /// key, and against what this device keeps.
  ///
  /// - Returns: what is wrong; nothing where all of it stands in a log that the tenant signed.
  public func findings(in evidence: LogEvidence) throws -> [LogEvidence.Finding] {
    try attempt {
      let meta = try store.meta()
      guard let key = try? VerifyingKey(bytes: meta.tenantKey) else { return [.foreignCheckpoint] }
      return evidence.findings(tenant: meta.tenant, key: key, known: meta.logs.newest)
    }
  }
}
