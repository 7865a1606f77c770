import CRDT
import GRDB
import Replication
import WireProtocol

extension ServerVerification {
  /// Holds the rows of the logs of knowing against those that the ledger has. Who alters a database and signs
  /// it anew with the tenant's own key is found by this, as long as the ledger is not altered with it.
  ///
  /// - Parameter path: the ledger's file. What it has beyond what the database knows is left aside: its
  ///   commit may still go on.
  mutating func checkLedgered(_ path: String, _ db: Database) {
    do {
      let known = try ServerStore.readLedger(db).head
      var leaves: [Identifier: (kind: LogKind, leaves: [Digest])] = [:]
      _ = try LedgerFile.read(path) { entry, head in
        guard head.number <= known.number else { return }
        for case .logRows(let rows) in entry.events { try take(rows, into: &leaves) }
      }
      for (log, kept) in leaves.sorted(by: { $0.key < $1.key }) {
        try compare(log, kept.kind, kept.leaves, db)
      }
    } catch {
      report.add(.knowing)
    }
  }

  private func take(
    _ rows: LedgerRows, into leaves: inout [Identifier: (kind: LogKind, leaves: [Digest])]
  ) throws {
    var known = leaves[rows.log]?.leaves ?? []
    guard rows.first <= UInt64(known.count) else { throw StorageError(.ledgerDamaged) }
    // What an entry has in these places whose commit failed, does not count.
    known.removeSubrange(Int(rows.first)...)
    known += try rows.rows.map { try $0.blinded.leafHash(in: rows.kind) }
    leaves[rows.log] = (rows.kind, known)
  }

  private mutating func compare(
    _ log: Identifier, _ kind: LogKind, _ leaves: [Digest], _ db: Database
  ) throws {
    guard let row = try KnowingLog.named(log, kind, db)?.row else { return report.add(.knowing, row: 0) }
    var next = 0
    try db.forEach(
      "SELECT place, leaf FROM knowing_row WHERE log = ? AND place < ? ORDER BY place",
      [.integer(row), .integer(leaves.count)]
    ) {
      let place = try $0.unsigned(0)
      let leaf = try $0.digest(1)
      let isSame = next < leaves.count && place == UInt64(next) && leaf == leaves[next]
      if !isSame { report.add(.knowing, row: place) }
      next += 1
    }
    if next < leaves.count { report.add(.knowing, row: UInt64(next)) }
  }
}
