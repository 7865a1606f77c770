public import CRDT
public import CaseModel
import GRDB
import Replication
public import WireProtocol

/// What is shown: the confirmed state with own pending changes over it.
extension ReplicaStore {
  /// A record; `nil` when it is not here, or nothing that counts created it.
  public func record(_ id: Identifier) throws -> CaseRecord? {
    try reading { db in try stored(id, db)?.caseRecord(try meta(db)) }
  }

  /// Records, in the order in which they came here.
  ///
  /// - Parameters:
  ///   - kinds: of these kinds only.
  ///   - caseID: of this case, or under this alias, only.
  ///   - ids: these only.
  /// - Complexity: O(records in question); those not in memory are decoded, on all cores.
  public func records(
    kinds: Set<RecordKind>? = nil, caseID: Identifier? = nil, ids: Set<Identifier>? = nil
  ) throws -> [CaseRecord] {
    var conditions = ["r.kind IS NOT NULL"]
    if let kinds {
      conditions.append("r.kind IN (\(kinds.map { String($0.rawValue) }.joined(separator: ", ")))")
    }
    if caseID != nil { conditions.append("r.home = ?") }
    if let ids, ids.count == 1 { conditions.append("r.wire = ?") }
    let values = [caseID, ids?.count == 1 ? ids?.first : nil].compactMap { $0 }.map { BoundValue.blob($0) }
    return try reading { db in
      try shown(where: conditions.joined(separator: " AND "), values, ids, db)
    }
  }

  /// The changes of a record that are here as changes, in the order in which they came.
  public func history(of record: Identifier) throws -> [HistoryItem] {
    try reading { db in
      try db.all(
        """
        SELECT c.received_at, c.status, e.refusal, c.record, c.actor, c.number, c.content
        FROM record r JOIN change c ON c.record = r.id LEFT JOIN entry e ON e.number = c.entry
        WHERE r.wire = ? AND r.kind IS NOT NULL ORDER BY c.id
        """, [.blob(record)]
      ) { row in
        let content = try content(of: row, from: 3, in: record)
        let header = try ChangeHeader(canonicalBytes: content.header)
        let origin = try content.origin.map { try ChangeOrigin(encoded: $0) }
        return HistoryItem(
          header: header, written: origin?.header ?? header,
          operations: try content.payload.map { try Payload(encoded: $0).operations },
          receivedAt: row.optionalInteger(0),
          status: HistoryItem.Status(row.optionalInteger(1), row.optionalInteger(2)))
      }
    }
  }

  /// Own entries that were refused, oldest first, with what they hold.
  public func refused() throws -> [RefusedEntry] { try entries(.void) }

  /// Own entries that wait for a person's decision, oldest first, with what they hold.
  public func waitingForDecision() throws -> [RefusedEntry] { try entries(.quarantined) }

  /// Own entries that are held, oldest first; their numbers are those of their rows.
  func heldEntries() throws -> [RefusedEntry] { try entries(.held) }

  private func entries(_ status: ReplicaSchema.Status) throws -> [RefusedEntry] {
    try reading { db in
      let rows = try db.all(
        """
        SELECT number, refusal, refused_change, written_at, received_at, reason FROM entry WHERE status = ?
        ORDER BY number
        """, [.integer(status.rawValue)]
      ) { row in
        (
          number: try row.unsigned(0),
          refusal: EntryVerdict.Refusal(
            code: ErrorCode(rawValue: UInt32(truncatingIfNeeded: try row.integer(1))),
            change: UInt32(truncatingIfNeeded: try row.integer(2))),
          writtenAt: try row.integer(3), receivedAt: try row.integer(4),
          reason: row.optionalInteger(5).flatMap { UInt32(exactly: $0) }.flatMap(QuarantineReason.init)
        )
      }
      return try rows.map { row in
        let own = try ownEntries(from: row.number, before: row.number + 1, db).first?.changes ?? []
        guard let deciding = own.dropFirst(Int(row.refusal.change)).first ?? own.first else {
          throw StorageError(.damaged)
        }
        return RefusedEntry(
          entry: JournalEntry(
            number: row.number, changes: own.filter { !$0.isSealed }.map(\.change)),
          record: deciding.change.header.record, refusal: row.refusal, writtenAt: row.writtenAt,
          receivedAt: row.receivedAt, reason: row.reason)
      }
    }
  }

  /// What the server confirmed of a record; `nil` when nothing is here.
  public func snapshot(of record: Identifier) throws -> RecordSnapshot? {
    try reading { db in try stored(record, db)?.snapshot }
  }

  /// The records that hold own changes without a verdict, and when the oldest of these was written.
  public func pendingRecords() throws -> [Identifier: Int64] {
    try reading { db in
      let rows = try db.all(
        """
        SELECT record.wire, min(entry.written_at) FROM entry
        JOIN change ON change.id BETWEEN entry.first_change AND entry.first_change + entry.changes - 1
        JOIN record ON record.id = change.record WHERE entry.number > ? GROUP BY record.id
        """, [.bits(try meta(db).judgedEntries)]
      ) { (try $0.identifier(0), try $0.integer(1)) }
      return Dictionary(uniqueKeysWithValues: rows)
    }
  }

  /// How the replica stands.
  public func status() throws -> ReplicaStatus {
    try reading { db in
      let meta = try meta(db)
      let judged = [BoundValue.bits(meta.judgedEntries)]
      func number(_ sql: String, _ values: [BoundValue] = []) throws -> Int64? {
        try db.first(sql, values) { $0.optionalInteger(0) } ?? nil
      }
      return ReplicaStatus(
        records: Int(try number("SELECT count(*) FROM record WHERE kind IS NOT NULL") ?? 0),
        pendingEntries: Int(try number("SELECT count(*) FROM entry WHERE number > ?", judged) ?? 0),
        pendingSince: try number("SELECT min(written_at) FROM entry WHERE number > ?", judged),
        awaitingEntries: Int(try number("SELECT count(*) FROM entry WHERE status = 4") ?? 0),
        quarantinedEntries: Int(try number("SELECT count(*) FROM entry WHERE status = 5") ?? 0),
        heldEntries: Int(try number("SELECT count(*) FROM entry WHERE status = 6") ?? 0),
        refusedEntries: Int(try number("SELECT count(*) FROM entry WHERE status = 2") ?? 0),
        conflicts: Int(try number("SELECT count(*) FROM record WHERE conflicts > 0") ?? 0),
        lastContact: meta.lastContact, lastCaughtUp: meta.lastCaughtUp, lastFailure: meta.lastFailure)
    }
  }
}

extension HistoryItem.Status {
  fileprivate init(_ status: Int64?, _ refusal: Int64?) {
    switch status {
    case ReplicaSchema.Status.pending.rawValue: self = .pending
    case ReplicaSchema.Status.accepted.rawValue: self = .accepted
    default: self = .void(refusal.map { ErrorCode(rawValue: UInt32(truncatingIfNeeded: $0)) })
    }
  }
}
