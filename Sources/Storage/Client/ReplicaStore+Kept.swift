public import CRDT
import GRDB
public import Replication
import WireProtocol

/// What a restored server may have lost, as far as it is kept here.
extension ReplicaStore {
  public func newestStamped() throws -> KnownHead? {
    try reading { db in
      let meta = try meta(db)
      let row = try db.first(
        """
        SELECT first_change + changes - 1 FROM entry WHERE number > ? AND number <= ?
        ORDER BY number DESC LIMIT 1
        """, [.bits(meta.journalRow), .bits(meta.judgedEntries)]
      ) { try $0.integer(0) }
      guard let row else { return nil }
      let found = try db.first(
        """
        SELECT digest, received_at, status, epoch, sealed, mac, record, actor, number, content
        FROM change WHERE id = ?
        """, [.integer(row)]
      ) { row in
        (
          header: try content(of: row, from: 6, in: nil).header, digest: try row.digest(0),
          stamp: try ChangeStamp(row, from: 1)
        )
      }
      guard let found, let stamp = found.stamp else { return nil }
      let header = try ChangeHeader(canonicalBytes: found.header)
      return KnownHead(record: header.record, change: header.id, digests: [found.digest], stamp: stamp)
    }
  }

  public func knownHeads(after record: Identifier?, limit: Int, ownOnly: Bool) throws -> (
    heads: [KnownHead], next: Identifier?
  ) {
    try reading { db in
      let ids = try db.all(
        "SELECT wire FROM record WHERE wire > ? ORDER BY wire LIMIT ?",
        [record.map { .blob($0) } ?? .blob([UInt8]()), .integer(limit)]
      ) { try $0.identifier(0) }
      var heads: [KnownHead] = []
      for id in ids {
        guard let replica = try stored(id, db) else { continue }
        heads += replica.knownHeads(ownOnly: ownOnly)
        if !ownOnly { heads += try keptHeads(beyond: replica.snapshot, db) }
      }
      return (heads, ids.count < limit ? nil : ids.last)
    }
  }

  /// The ends of the chains that are kept as changes and not in the state: what a restored server has not
  /// taken back, since it waits for what stands before.
  private func keptHeads(beyond snapshot: RecordSnapshot, _ db: Database) throws -> [KnownHead] {
    try db.all(
      """
      SELECT c.actor, max(c.number), c.digest, c.received_at, c.status, c.epoch, c.sealed, c.mac
      FROM record r JOIN change c ON c.record = r.id
      WHERE r.wire = ? AND (c.status = 1 OR c.status = 2 AND c.entry NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM exit WHERE exit.record = r.wire)
      GROUP BY c.actor
      """, [.blob(snapshot.record)]
    ) { row in
      (
        change: ChangeID(actor: try row.actor(0), number: try row.unsigned(1)), digest: try row.digest(2),
        stamp: try ChangeStamp(row, from: 3)
      )
    }.compactMap { last in
      guard let stamp = last.stamp, last.change.number > snapshot.heads[last.change.actor]?.id.number ?? 0
      else { return nil }
      return KnownHead(record: snapshot.record, change: last.change, digests: [last.digest], stamp: stamp)
    }
  }

  public func keptChanges(upTo head: KnownHead) throws -> [OfferedChange] {
    try reading { db in
      let rows = try db.all(
        """
        SELECT c.digest, c.received_at, c.status, c.epoch, c.sealed, c.mac, c.previous, c.entry, c.record,
          c.actor, c.number, c.content
        FROM record r JOIN change c ON c.record = r.id
        WHERE r.wire = ? AND c.actor = ? AND c.number <= ? ORDER BY c.number
        """, [.blob(head.record), .bits(head.change.actor), .bits(head.change.number)]
      ) { row in
        (
          content: try content(of: row, from: 8, in: head.record), digest: try row.digest(0),
          stamp: try ChangeStamp(row, from: 1), previous: try row.bytes(6),
          isOwn: row.optionalInteger(7) != nil
        )
      }
      let tenant = try meta(db).tenant
      var last: (number: UInt64, digest: Digest)?
      var kept: [OfferedChange] = []
      for row in rows {
        let header = try ChangeHeader(canonicalBytes: row.content.header)
        defer { last = (header.id.number, row.digest) }
        // A void change of another is known by its digest alone: its author has it.
        guard let stamp = row.stamp, stamp.isAccepted || row.isOwn, let payload = row.content.payload else {
          continue
        }
        var previous = row.previous.flatMap { Digest(bytes: $0) }
        if let last, last.number + 1 == header.id.number { previous = last.digest }
        if header.id.number == 1 {
          previous = Chain.start(tenant: tenant, record: header.record, actor: header.id.actor)
        }
        guard let previous else { continue }
        kept.append(
          OfferedChange(
            change: EncodedChange(
              header: header, payload: stamp.isAccepted ? payload : [],
              origin: try row.content.origin.map { try ChangeOrigin(encoded: $0) }),
            previous: previous, payloadDigest: stamp.isAccepted ? nil : Digest(hashing: payload),
            stamp: stamp))
      }
      return kept
    }
  }
}

extension ChangeStamp {
  /// Reads the columns received_at, status, epoch, sealed, mac; `nil` where there is no verdict.
  init?(_ row: ResultRow, from index: Int) throws {
    guard let receivedAt = row.optionalInteger(index), let status = row.optionalInteger(index + 1),
      let epoch = try row.optionalIdentifier(index + 2)
    else { return nil }
    self.init(
      receivedAt: receivedAt, isAccepted: status == ReplicaSchema.Status.accepted.rawValue,
      seal: Seal(
        epoch: epoch, sealedPosition: try row.unsigned(index + 3), mac: try row.identifier(index + 4)))
  }
}

extension Replica {
  /// The ends of the chains that are known of the record.
  func knownHeads(ownOnly: Bool) -> [KnownHead] {
    var heads: [KnownHead] = []
    if let last = pending.last {
      heads.append(
        KnownHead(
          record: snapshot.record, change: last.header.id, digests: pending.reversed().map(\.digest),
          stamp: nil))
    }
    if ownOnly { return heads }
    for head in snapshot.heads.values.sorted(by: { $0.id < $1.id }) {
      guard let seal = head.seal else { continue }
      heads.append(
        KnownHead(
          record: snapshot.record, change: head.id, digests: [head.digest],
          stamp: ChangeStamp(receivedAt: head.receivedAt, isAccepted: head.isAccepted, seal: seal)))
    }
    return heads
  }
}
