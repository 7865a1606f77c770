import CRDT
import GRDB
import Replication
import WireProtocol

/// What opening a tenant's ledger came to, for whoever runs the server.
public struct LedgerReport: Hashable, Sendable {
  /// How many bytes of a last entry that was not written to its end were dropped.
  public var droppedBytes = 0
  /// How many entries the database did not know, and has taken in.
  public var replayedEntries = 0
  /// Records that replayed entries name and that the log has not got back yet.
  var missing: Set<Identifier> = []
  /// How many these are.
  public var missingRecords: Int { missing.count }
  /// How many changes the log has got back from replayed entries.
  public var takenChanges = 0
  /// How many accepted changes of what governs it could not get back: it has others in their places.
  public var lostChanges = 0
  /// How many changes in replayed entries were erased since.
  public var erasedChanges = 0
  /// Whether it shows that the log was set back, so that a new epoch began.
  public var beganEpoch = false
}

/// The ledger and the database: what one knows of the other.
extension ServerStore {
  /// A ledger that is open, and what of it the database does not know.
  struct OpenedLedger {
    let ledger: Ledger
    var entries: [LedgerEntry] = []
    /// The end that the database knew of a ledger that is lost; `nil` when none is.
    var lost: LedgerHead?
    /// Whether the database was in recovery before.
    var wasInRecovery = false
  }

  // MARK: Opening

  /// Up to which entry the database has taken the ledger in, and what it knew of a lost one.
  static func readLedger(_ db: Database) throws -> (head: LedgerHead, lost: LedgerHead?) {
    guard let known = try readLedgerHead("ledger", db) else { throw StorageError(.damaged) }
    return (known, try readLedgerHead("recovery", db))
  }

  static func readLedgerHead(_ key: String, _ db: Database) throws -> LedgerHead? {
    try db.first("SELECT value FROM meta WHERE key = ?", [.text(key)]) { row in
      let bytes = try row.blob(0)
      guard bytes.count == 40, let digest = Digest(bytes: bytes.suffix(32)) else {
        throw StorageError(.damaged)
      }
      return LedgerHead(number: bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }, digest: digest)
    }
  }

  static func write(ledgerHead head: LedgerHead, key: String = "ledger", _ db: Database) throws {
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: head.number >> (56 - 8 * UInt64($0))) }
    try db.run(
      "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
      [.text(key), .blob(bytes + head.digest.bytes)])
  }

  /// Opens the ledger. Where there is none and one was known, another begins, and the tenant is in recovery.
  static func openLedger(
    _ path: String, of tenant: Identifier, _ known: (head: LedgerHead, lost: LedgerHead?), isRestored: Bool,
    in database: DatabaseQueue
  ) throws -> OpenedLedger {
    guard PrivateFiles.exists(path) else {
      let isLost = isRestored || known.head.number > 0
      if isLost { try noteLoss(of: known.head, tenant, in: database) }
      try Ledger.create(path, tenant: tenant)
      return OpenedLedger(
        ledger: try Ledger(path) { _, _ in }, lost: isLost ? known.head : known.lost,
        wasInRecovery: known.lost != nil)
    }
    var entries: [LedgerEntry] = []
    var isMet = known.head == .start(of: tenant)
    var gap: LedgerHead?
    let ledger = try Ledger(path) { entry, head in
      if head.number > known.head.number || !isMet && gap != nil { entries.append(entry) }
      if head == known.head { isMet = true }
      // A ledger that began when the one that the database knows was lost, after it.
      if entry.number == 1, case .recoveryBegan(let lost)? = entry.events.first,
        lost.number > known.head.number || lost == known.head, !isMet
      {
        gap = lost
        entries = [entry]
      }
    }
    guard ledger.tenant == tenant else { throw StorageError(.ledgerForeign) }
    if gap != nil, !isMet {
      try noteLoss(of: known.head, tenant, in: database)
      return OpenedLedger(ledger: ledger, entries: entries, lost: known.head)
    }
    guard ledger.head.number >= known.head.number else { throw StorageError(.ledgerBehind) }
    guard isMet else { throw StorageError(.ledgerForeign) }
    return OpenedLedger(
      ledger: ledger, entries: entries, lost: known.lost, wasInRecovery: known.lost != nil)
  }

  /// Written before the new ledger is there: whatever happens in between, the tenant is in recovery.
  private static func noteLoss(of head: LedgerHead, _ tenant: Identifier, in database: DatabaseQueue) throws {
    try StorageError.translating {
      try database.inDatabase { db in
        try db.transaction(.immediate) {
          try write(ledgerHead: head, key: "recovery", db)
          try write(ledgerHead: .start(of: tenant), db)
          try db.run("DELETE FROM meta WHERE key = 'replaying'", [])
        }
      }
    }
  }

  // MARK: Replaying

  /// Takes in what the ledger says and the database does not know. What governs comes second, in a
  /// transaction of its own: between the two the database notes that the rest is there (`replaying`), since
  /// exits that are taken in twice would take away what entered after them.
  func replay(_ opened: OpenedLedger) throws {
    ledgerReport.droppedBytes = opened.ledger.droppedBytes
    isInRecovery = opened.lost != nil
    let governing = try openGoverning(opened.entries)
    var unknownEpochs: [EpochStart] = []
    var endsRecovery = false
    if !opened.entries.isEmpty {
      let isGap = opened.lost != nil && !opened.wasInRecovery
      try StorageError.translating {
        try database.inDatabase { db in
          try db.transaction(.immediate) {
            let taken = try Self.readLedgerHead("replaying", db)?.number ?? 0
            for (event, entry) in opened.entries.flatMap({ entry in entry.events.map { ($0, entry) } }) {
              switch event {
              case .epochBegan(let start) where !tenant.epochs.contains { $0.epoch == start.epoch }:
                unknownEpochs.append(start)
              case .recoveryEnded where !isGap: endsRecovery = true
              case _ where entry.number <= taken: break
              default: try replay(event, at: entry.writtenAt, db)
              }
            }
            if endsRecovery { try db.run("DELETE FROM meta WHERE key = 'recovery'", []) }
            let isAll = governing.isEmpty && unknownEpochs.isEmpty
            try Self.write(ledgerHead: opened.ledger.head, key: isAll ? "ledger" : "replaying", db)
            if isAll { try db.run("DELETE FROM meta WHERE key = 'replaying'", []) }
          }
        }
      }
      ledgerReport.replayedEntries = opened.entries.count
      if endsRecovery { isInRecovery = false }
      actors.commit()
      devices = [:]
      try StorageError.translating { try database.inDatabase { try readNumbers($0) } }
    }
    try settleKeys(governing.owners + owners(ofRowsIn: opened.entries))
    ledgerReport.missing = ledgerReport.missing.filter { !isErased($0) }
    try takeBack(governing, after: unknownEpochs.map(\.epoch), upTo: opened.ledger.head)
    if let lost = opened.lost, opened.ledger.head.number == 0 {
      var group = CommitGroup(after: position, logDigest: logDigest)
      group.ledger = [.recoveryBegan(lost)]
      // What the lost ledger had of the logs of knowing is lost, and clients may have seen it signed.
      group.beginsLogs = true
      try commit(group)
    } else if mustBeginLogs {
      var group = CommitGroup(after: position, logDigest: logDigest)
      group.beginsLogs = true
      try commit(group)
    }
  }

  private func replay(_ event: LedgerEvent, at writtenAt: Int64, _ db: Database) throws {
    switch event {
    case .enrolled(let device, let account, let code):
      // One that ended before goes on with it.
      try write(account, db)
      persons[account.id] = account.person
      try add(device, at: writtenAt, db)
      try db.run("UPDATE code SET is_used = 1 WHERE id = ?", [.bits(code)])
      try db.run(
        "UPDATE code SET failures = ? WHERE is_used = 0 AND is_remote = 1 AND person = ?",
        [.integer(Limits.codeAttempts), .blob(account.person)])
    case .succeeded(let device, let retires):
      try add(device, at: writtenAt, db)
      guard retires, let predecessor = device.predecessor else { return }
      try mark(predecessor, "is_retired", db)
    case .confirmed(let actor): try mark(actor, "is_confirmed", db)
    case .entered(let actor, let enters): for enter in enters { try replay(enter, of: actor, db) }
    case .exited(let actor, let exits):
      for exit in exits {
        try self.exit(
          HeldRecord(record: exit.record, generation: exit.generation), of: actor, at: writtenAt, db)
      }
    case .receipted(let receipt): for held in receipt.records { try wiped(held, of: receipt.actor, db) }
    case .keysDestroyed(let records): try writeDestroyed(records, at: writtenAt, db)
    case .revoked(let end): try replay(end, at: writtenAt, db)
    case .logBegan(let kind, let log): try replay(beginning: kind, named: log, db)
    case .logRows(let rows):
      let areTaken = try replay(rows, db)
      mustBeginLogs = mustBeginLogs || !areTaken
    case .arrived(let home, let actors): for actor in actors { try write(home: home, of: actor, db) }
    // Taken back together, once all else is taken in.
    case .governed: break
    case .epochBegan, .recoveryBegan, .recoveryEnded: break
    case .unknown(let kind): guard kind >= 64 else { throw StorageError(.ledgerNewer) }
    }
  }

  /// What ended stays so, whatever the restored database knew of it. Codes that were open when it ended are
  /// good for nothing.
  private func replay(_ end: AccessEnd, at time: Int64, _ db: Database) throws {
    for device in end.devices {
      try write(Revocation(device: device, reason: end.reason, revokedAt: time), db)
    }
    if let account = end.account {
      try db.run("UPDATE account SET ended_at = ? WHERE wire = ?", [.integer(time), .blob(account)])
    }
    try db.run(
      "UPDATE code SET failures = ?1 WHERE is_used = 0 AND (inviter = ?2 OR (?3 AND person = ?2))",
      [.integer(Limits.codeAttempts), .blob(end.person), .boolean(end.account != nil)])
  }

  private func add(_ device: Device, at time: Int64, _ db: Database) throws {
    let known = try db.first("SELECT 1 FROM device WHERE actor = ?", [.bits(device.actor)]) {
      try $0.integer(0)
    }
    guard known == nil else { return }
    var device = device
    let first = try db.first("SELECT min(enrolled_at) FROM device WHERE wire = ?", [.blob(device.id)]) {
      $0.optionalInteger(0)
    }
    device.enrolledAt = (first ?? nil) ?? time
    device.contactDay = Int32(clamping: time / 86_400_000)
    try write(device, db)
  }

  /// Sets one of the two marks of a device, which may have no row for them yet.
  private func mark(_ actor: ActorID, _ column: StaticString, _ db: Database) throws {
    try db.run(
      "INSERT OR IGNORE INTO succession (actor, is_confirmed, is_retired) VALUES (?, 1, 0)",
      [.bits(actor)])
    try db.run("UPDATE succession SET \(column) = 1 WHERE actor = ?", [.bits(actor)])
  }

  /// Notes that a device holds a record, without a place: it is sent the state anew.
  private func replay(_ enter: LedgerEvent.Enter, of actor: ActorID, _ db: Database) throws {
    guard let row = try recordRow(enter.record, db)?.row else {
      if !isErased(enter.record) { ledgerReport.missing.insert(enter.record) }
      return
    }
    try db.run(
      """
      INSERT INTO holding (actor, record, generation, position) VALUES (?, ?, ?, NULL)
      ON CONFLICT (actor, record) DO UPDATE SET generation = excluded.generation, position = NULL,
        exit_at = NULL WHERE excluded.generation > generation
      """,
      [.integer(try actors.row(actor, in: db)), .integer(row), .bits(enter.generation)])
  }

  // MARK: Writing

  /// Encodes what the ledger says of a group, and notes in the database that it has it.
  func prepareLedger(
    _ group: CommitGroup, _ records: [Identifier: CachedRecord], _ db: Database
  ) throws -> Ledger.Prepared? {
    let events = try group.ledger + sealGoverning(group, records) + logEvents(with: group, db)
    if let replaying { try write(replaying, db) }
    guard !events.isEmpty else { return nil }
    if group.endsRecovery { try db.run("DELETE FROM meta WHERE key = 'recovery'", []) }
    let entry = try ledger.prepare(events, at: keys.options.time())
    try Self.write(ledgerHead: entry.head, db)
    return entry
  }
}
