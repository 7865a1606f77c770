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
    /// The server was asked whether one of the two logs begins with all of the other, and its answer does
    /// not show it.
    case twoHistories
    /// The tenant has begun another log since, or before.
    case otherLog
    /// So many rows do not stand in any log that was brought along.
    case unprovenRows(Int)
  }

  private let checkpoints: [(body: [UInt8], signature: [UInt8])]
  private let rows: [Row]

  /// How many rows there are.
  public var count: Int { rows.count }

  /// Whether nothing was brought along: of that there is nothing to be said.
  public var isEmpty: Bool { checkpoints.isEmpty && rows.isEmpty }

  /// Takes what was brought along.
  public init(checkpoints: [(body: [UInt8], signature: [UInt8])], rows: [Row]) {
    self.checkpoints = checkpoints
    self.rows = rows
  }

  /// The checkpoints that the tenant signed, each once.
  ///
  /// - Parameter key: the tenant's.
  /// - Returns: `isWhole`: whether all were.
  func signed(
    tenant: Identifier, key: VerifyingKey
  ) -> (checkpoints: [SignedCheckpoint], isWhole: Bool) {
    var signed: [SignedCheckpoint] = []
    var isWhole = true
    for one in checkpoints {
      guard let checkpoint = try? SignedCheckpoint(body: one.body, signature: one.signature),
        checkpoint.isSigned(by: key), checkpoint.checkpoint.tenant == tenant
      else {
        isWhole = false
        continue
      }
      if !signed.contains(checkpoint) { signed.append(checkpoint) }
    }
    return (signed, isWhole)
  }

  /// How many rows stand in none of the logs.
  func unproven(in signed: [SignedCheckpoint]) -> Int {
    rows.count { row in !signed.contains { $0.checkpoint.shows(row) } }
  }
}

extension LogEvidence.Finding {
  /// The gravest first.
  var order: Int {
    switch self {
    case .splitView: 0
    case .twoHistories: 1
    case .foreignCheckpoint: 2
    case .otherLog: 3
    case .unprovenRows: 4
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
