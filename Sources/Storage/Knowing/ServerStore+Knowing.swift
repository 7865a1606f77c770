import CRDT
import GRDB
import Replication
public import WireProtocol

/// The logs of knowing: what a group writes into them.
extension ServerStore {
  /// The log of what was delivered is filled up to a multiple of this before it is signed, so that its size
  /// does not tell how much went on (`Protocol/knowing.md`, section 2).
  static let checkpointMultiple: UInt64 = 32

  func writeKnowing(_ group: CommitGroup, _ db: Database) throws {
    if group.beginsLogs {
      mustBeginLogs = false
      for kind in LogKind.allCases {
        logs[kind] = try KnowingLog.begin(kind, named: keys.options.drawIdentifier(), db)
      }
    }
    if !group.delivered.isEmpty, var log = logs[.delivered] {
      for row in group.delivered { try log.append(try keep(row, at: log.size, db), db) }
      logs[.delivered] = log
    }
    if !group.opened.isEmpty, var log = logs[.opened] {
      for row in group.opened { try log.append(try keep(row, at: log.size, db), db) }
      logs[.opened] = log
    }
    if let time = group.checkpointAt { try signLogs(at: time, db) }
  }

  /// Gives a row its salts, and seals what it says of a record.
  private func keep(_ row: DeliveredRow, at place: UInt64, _ db: Database) throws -> KeptLogRow {
    let salts = (agent: keys.options.drawIdentifier(), event: keys.options.drawIdentifier())
    let told = LogRow(recordedAt: row.recordedAt, agent: row.agent, delivered: row.event, salts: salts)
    return try keep(told, about: row.event.act.record, .delivered, at: place, db)
  }

  /// Seals what a row says of a record. Its device drew the salts.
  private func keep(_ row: OpenedRow, at place: UInt64, _ db: Database) throws -> KeptLogRow {
    let opening = row.opening
    let told = LogRow(
      recordedAt: row.recordedAt, agent: row.agent, opened: opening.event,
      salts: (opening.agentSalt, opening.eventSalt))
    return try keep(told, about: opening.event.record, .opened, at: place, db)
  }

  private func keep(
    _ told: LogRow, about record: Identifier?, _ kind: LogKind, at place: UInt64, _ db: Database
  ) throws -> KeptLogRow {
    guard case .entry(let recordedAt, let agentPart, let eventPart) = told, let agent = agentPart.kept,
      let event = eventPart.kept, case .entry(_, _, .blinded(let digest)) = told.blindingEvent()
    else { throw StorageError(.inconsistent) }
    guard let record else {
      return .entry(
        recordedAt: recordedAt, agent: agent, record: nil, key: 0, event: event, eventDigest: digest)
    }
    // Where it was erased, or is not in this log, nobody may know any more.
    let known = keys.destroyed.contains(record) ? nil : try recordRow(record, db)
    let sealed = try known.map {
      try keys.seal(of: record, $0.key).seal(event, at: .logEvent(kind, place: place)).bytes
    }
    return .entry(
      recordedAt: recordedAt, agent: agent, record: record,
      key: UInt64(bitPattern: known?.key.rawValue ?? 0), event: sealed, eventDigest: digest)
  }

  // MARK: Checkpoints

  /// Signs the logs as they stand, once everything in them is in the ledger too: one transaction.
  ///
  /// - Parameter now: milliseconds since 1970 by the server's clock.
  /// - Throws: as `commit`.
  public func signLogs(at now: Int64) throws {
    var group = CommitGroup(after: position, logDigest: logDigest)
    group.checkpointAt = now
    try commit(group)
  }

  private func signLogs(at now: Int64, _ db: Database) throws {
    for kind in LogKind.allCases {
      guard var log = logs[kind] else { continue }
      while !log.size.isMultiple(of: Self.checkpointMultiple) {
        try log.append(.padding(salt: keys.options.drawIdentifier()), db)
      }
      let signed = tenant.signingKey.sign(
        LogCheckpoint(
          tenant: tenant.id, kind: kind, log: log.id, size: log.size, root: log.frontier.root, signedAt: now))
      try db.run(
        "INSERT OR REPLACE INTO knowing_checkpoint (log, size, body, signature) VALUES (?, ?, ?, ?)",
        [
          .integer(log.row), .bits(log.size), .blob(signed.checkpoint.encoded), .blob(signed.signature),
        ])
      logs[kind] = log
    }
  }

  /// The newest checkpoint of a log; `nil` before the first.
  public func logCheckpoint(of kind: LogKind) throws -> SignedCheckpoint? {
    guard let log = logs[kind] else { return nil }
    return try StorageError.translating {
      try database.inDatabase { db in
        try db.first(
          "SELECT body, signature FROM knowing_checkpoint WHERE log = ? ORDER BY size DESC LIMIT 1",
          [.integer(log.row)]
        ) { try SignedCheckpoint(stored: $0, from: 0) }
      }
    }
  }

  /// Proves that a log was only appended to from one size to another.
  ///
  /// - Throws: `MerkleTreeError` `outOfRange` for a size beyond it; `StorageError`.
  public func consistencyProof(of kind: LogKind, from first: UInt64, to second: UInt64) throws
    -> ConsistencyProof
  {
    guard let log = logs[kind] else { throw StorageError(.inconsistent) }
    return try StorageError.translating {
      try database.inDatabase { db in
        try KnowingTree(log: log.row, db).consistencyProof(from: first, to: second)
      }
    }
  }

  // MARK: The ledger

  /// What the ledger has not got yet of the logs, where the group writes into it anyhow, or signs: rows wait
  /// for neither a disk write of their own nor longer than to the next checkpoint.
  func logEvents(with group: CommitGroup, _ db: Database) throws -> [LedgerEvent] {
    let writes = !group.ledger.isEmpty || !group.governing.isEmpty
    // What a failed commit left in the ledger would be put in the place of these rows by a replay. What a
    // device is told to be taken in it does not keep.
    let mustWrite = isLedgerAhead && !group.delivered.isEmpty || !group.opened.isEmpty
    guard group.beginsLogs || group.checkpointAt != nil || writes || mustWrite else { return [] }
    var events: [LedgerEvent] = []
    for kind in LogKind.allCases {
      guard var log = logs[kind] else { continue }
      if group.beginsLogs { events.append(.logBegan(kind, log.id)) }
      guard log.ledgered < log.size else { continue }
      let rows = try db.all(
        "SELECT \(KeptLogRow.columns) FROM knowing_row WHERE log = ? AND place >= ? ORDER BY place",
        [.integer(log.row), .bits(log.ledgered)]
      ) { try KeptLogRow($0, from: 0) }
      events.append(.logRows(LedgerRows(kind: kind, log: log.id, first: log.ledgered, rows: rows)))
      try log.noteLedgered(db)
      logs[kind] = log
    }
    return events
  }

  /// A log begins that the database may not know.
  func replay(beginning kind: LogKind, named id: Identifier, _ db: Database) throws {
    guard try KnowingLog.named(id, kind, db) == nil else { return }
    _ = try KnowingLog.begin(kind, named: id, db)
  }

  /// The keys that replayed rows are sealed under, with the records whose they are: a record that comes back
  /// gets another one, and these rows are to be opened and erased with it all the same. Rows whose places
  /// others took do not count.
  func owners(ofRowsIn entries: [LedgerEntry]) throws -> [(key: RecordKeyID, record: Identifier)] {
    var first: [LogKind: UInt64] = [:]
    for case .logRows(let rows) in entries.flatMap(\.events) {
      first[rows.kind] = min(first[rows.kind] ?? .max, rows.first)
    }
    guard !first.isEmpty else { return [] }
    return try StorageError.translating {
      try database.inDatabase { db in
        let logs = try KnowingLog.readAll(db)
        return try first.flatMap { kind, place in
          try db.all(
            """
            SELECT DISTINCT record_key, record FROM knowing_row
            WHERE log = ? AND place >= ? AND record IS NOT NULL AND event IS NOT NULL
            """, [.integer(logs[kind]?.row ?? 0), .bits(place)]
          ) { (key: try $0.key(0), record: try $0.identifier(1)) }
        }
      }
    }
  }

  /// Takes in rows that the ledger has. What stands in their places was never signed: the ledger has all that
  /// was, in the order in which it counts.
  ///
  /// - Returns: whether they could be taken in: rows before them may be gone, and then the log cannot be gone
  ///   on with.
  func replay(_ rows: LedgerRows, _ db: Database) throws -> Bool {
    var log =
      try KnowingLog.named(rows.log, rows.kind, db) ?? KnowingLog.begin(rows.kind, named: rows.log, db)
    guard rows.first <= log.size else { return false }
    try log.truncate(to: rows.first, db)
    do {
      for row in rows.rows { try log.append(row, db) }
    } catch is ProtocolError {
      throw StorageError(.ledgerDamaged)
    }
    try log.noteLedgered(db)
    return true
  }
}

extension SignedCheckpoint {
  /// Reads the columns `body` and `signature`.
  ///
  /// - Throws: `damaged`
  init(stored row: ResultRow, from first: Int) throws {
    do {
      try self.init(body: try row.blob(first), signature: try row.blob(first + 1))
    } catch is ProtocolError {
      throw StorageError(.damaged)
    }
  }
}
