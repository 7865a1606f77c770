import CRDT
import GRDB
import Replication
import WireProtocol

extension ServerVerification {
  /// Holds every row of the logs of knowing against its leaf, the leaves against the tree, and the tree
  /// against each checkpoint that was signed.
  mutating func checkKnowing(_ db: Database) throws {
    let logs = try db.all("SELECT id, kind, wire FROM knowing_log ORDER BY id", []) {
      (row: try $0.integer(0), kind: try $0.integer(1), id: try $0.identifier(2))
    }
    for log in logs {
      guard let kind = UInt8(exactly: log.kind).flatMap(LogKind.init) else {
        report.add(.knowing)
        continue
      }
      let checkpoints = try checkpoints(of: log.row, kind, log.id, db)
      try checkRows(of: log.row, kind, checkpoints, db)
    }
  }

  private mutating func checkpoints(
    of log: Int64, _ kind: LogKind, _ id: Identifier, _ db: Database
  ) throws -> [LogCheckpoint] {
    let key = try VerifyingKey(bytes: tenant.signingKey.publicKey)
    let stored = try db.all(
      "SELECT body, signature, size FROM knowing_checkpoint WHERE log = ? ORDER BY size", [.integer(log)]
    ) { row in (signed: try? SignedCheckpoint(stored: row, from: 0), size: try row.unsigned(2)) }
    return stored.compactMap { signed, size in
      guard let signed, signed.isSigned(by: key), signed.checkpoint.size == size,
        signed.checkpoint.tenant == tenant.id, signed.checkpoint.kind == kind, signed.checkpoint.log == id
      else {
        report.add(.knowing, row: size)
        return nil
      }
      return signed.checkpoint
    }
  }

  private mutating func checkRows(
    of log: Int64, _ kind: LogKind, _ checkpoints: [LogCheckpoint], _ db: Database
  ) throws {
    var audit = LogAudit(checkpoints: checkpoints)
    var frontier = MerkleFrontier()
    var next: UInt64 = 0
    try db.forEach(
      "SELECT place, leaf, \(KeptLogRow.columns) FROM knowing_row WHERE log = ? ORDER BY place",
      [.integer(log)]
    ) { row in
      let place = try row.unsigned(0)
      if place != next { report.add(.knowing, row: next) }
      next = place &+ 1
      report.logRows += 1
      let stored = try row.digest(1)
      let leaf = leaf(of: row, kind, at: place)
      if leaf == nil { report.add(.knowing, row: place) }
      note(audit.add(leaf: leaf ?? stored, stored: stored))
      for completed in frontier.append(stored) where completed.node.level > 0 {
        let hash = try? db.first(
          "SELECT hash FROM knowing_node WHERE log = ? AND level = ? AND position = ?",
          [.integer(log), .integer(Int64(completed.node.level)), .bits(completed.node.index)]
        ) { try $0.digest(0) }
        if hash != completed.hash { report.add(.knowing, row: place) }
      }
    }
    note(audit.finish())
  }

  /// The leaf that a row has; `nil` when it cannot be read, or what is sealed is not what it commits to.
  private func leaf(of row: ResultRow, _ kind: LogKind, at place: UInt64) -> Digest? {
    try? KeptLogRow(row, from: 2).opened(kind, at: place, with: keys).leafHash(in: kind)
  }

  private mutating func note(_ findings: [AuditFinding]) {
    for finding in findings {
      switch finding {
      case .alteredRow(let place): report.add(.knowing, row: place)
      case .alteredRows(let places), .missingRows(let places):
        report.add(.knowing, row: places.lowerBound)
      }
    }
  }
}
