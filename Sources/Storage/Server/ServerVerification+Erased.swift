import CRDT
import GRDB
import Replication
import WireProtocol

extension ServerVerification {
  /// Checks what is left of a record whose key was destroyed: its changes are all there, stand where the
  /// server stamped them, and are followed by none. What they say is gone, and the links of their chains with
  /// it; the journals and the log go on over their digests.
  mutating func checkErased(_ row: Int64, _ db: Database) throws {
    report.erasedRecords += 1
    let stored = try db.first(
      """
      SELECT r.wire, r.head_position, r.tail, s.position FROM record r JOIN snapshot s ON s.record = r.id
      WHERE r.id = ?
      """, [.integer(row)]
    ) { row in
      (
        id: try row.identifier(0), head: try row.unsigned(1), tail: try row.integer(2),
        snapshot: try row.unsigned(3)
      )
    }
    guard let stored else { throw StorageError(.damaged) }
    var numbers: [Int64: UInt64] = [:]
    var head: UInt64 = 0
    var tail: Int64 = 0
    let segments = try db.all(
      "SELECT \(SegmentStamps.columns) FROM segment WHERE record = ? ORDER BY last", [.integer(row)]
    ) { try? SegmentStamps($0, epochs: epochs) }
    for segment in segments {
      guard let segment, let actor = try? actors.key(segment.actor) else {
        report.add(.change, record: stored.id)
        continue
      }
      for (index, stamp) in segment.stamps.enumerated() {
        report.changes += 1
        let name = ChangeID(actor: actor, number: segment.number(at: index))
        if name.number != (numbers[segment.actor] ?? 0) + 1 {
          report.add(.change, record: stored.id, change: name)
        }
        numbers[segment.actor] = name.number
        head = max(head, stamp.position)
        if stamp.position > stored.snapshot { tail += 1 }
        let position = tenant.stampKey.position(
          in: segment.seal(stamp), receivedAt: stamp.receivedAt, isAccepted: stamp.isAccepted,
          digest: stamp.digest)
        if position != stamp.position { report.add(.stamp, record: stored.id, change: name) }
      }
    }
    if head != stored.head || tail != stored.tail { report.add(.record, record: stored.id) }
  }
}
