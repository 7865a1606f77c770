public import CRDT
import GRDB
import Replication
public import WireProtocol

/// What the store keeps so that a restored server and its devices set each other right: epochs, successions,
/// what is awaited, and the log's digest.
extension ServerStore {
  /// A mark of the log's digest is written at the end of the group with which so many changes have come since
  /// the mark before.
  static let markedChanges: UInt64 = 1_024

  public func logDigest(at position: UInt64) throws -> Digest? {
    if position == self.position { return logDigest }
    guard position < self.position else { return nil }
    return try StorageError.translating {
      try database.inDatabase { try Self.logDigest(at: position, epochs, $0) }
    }
  }

  public func receivedAt(_ position: UInt64) throws -> Int64? {
    guard position > 0, position <= self.position else { return nil }
    return try StorageError.translating {
      try database.inDatabase { db in
        // All changes of a group were received at one time, but for what a restored server got back; that was
        // received before.
        try db.first("SELECT stamps FROM segment WHERE id <= ? ORDER BY id DESC LIMIT 1", [.bits(position)]) {
          try StampCoding.decode(try $0.blob(0)).first?.receivedAt
        } ?? nil
      }
    }
  }

  public func awaited(in record: Identifier) throws -> VersionVector {
    guard hasAwaited else { return VersionVector() }
    return try StorageError.translating {
      try database.inDatabase { db in
        var version = VersionVector()
        try db.forEach("SELECT actor, number FROM awaited WHERE record = ?", [.blob(record)]) {
          version.insert(ChangeID(actor: try $0.actor(0), number: try $0.unsigned(1)))
        }
        return version
      }
    }
  }

  /// Begins a new epoch, as a restore does: what devices know of the log after its end is another history.
  public func beginEpoch(_ epoch: Identifier) throws {
    var group = CommitGroup(after: position, logDigest: logDigest)
    let start = EpochStart(epoch: epoch, position: position)
    group.epochs = [start]
    group.ledger = [.epochBegan(start)]
    try commit(group)
  }

  // MARK: Writing

  func writeHealing(_ group: CommitGroup, _ db: Database) throws {
    for start in group.epochs {
      try db.run(
        "INSERT INTO epoch_start (wire, position) VALUES (?, ?)", [.blob(start.epoch), .bits(start.position)])
      try db.run("UPDATE meta SET value = ? WHERE key = 'epoch'", [.blob(start.epoch)])
    }
    for awaited in group.awaited {
      try db.run(
        """
        INSERT INTO awaited (record, actor, number) VALUES (?, ?, ?)
        ON CONFLICT (record, actor) DO UPDATE SET number = max(number, excluded.number)
        """, [.blob(awaited.record), .bits(awaited.change.actor), .bits(awaited.change.number)])
    }
    for change in group.changes where change.isAccepted {
      guard let origin = change.change.header.originDigest else { continue }
      try db.run("INSERT OR IGNORE INTO taken_origin (digest) VALUES (?)", [.blob(origin)])
    }
    if hasAwaited || !group.awaited.isEmpty { try forgetArrived(group, db) }
    if group.position >= markedPosition + Self.markedChanges {
      try db.run(
        "INSERT INTO log_mark (position, digest) VALUES (?, ?)",
        [.bits(group.position), .blob(group.logDigest)])
    }
  }

  private func forgetArrived(_ group: CommitGroup, _ db: Database) throws {
    for change in group.changes {
      let id = change.change.header.id
      try db.run(
        "DELETE FROM awaited WHERE record = ? AND actor = ? AND number <= ?",
        [.blob(change.change.header.record), .bits(id.actor), .bits(id.number)])
    }
  }

  /// Keeps what a group wrote.
  func noteHealing(_ group: CommitGroup) {
    if group.position >= markedPosition + Self.markedChanges { markedPosition = group.position }
    logDigest = group.logDigest
    if !group.awaited.isEmpty { hasAwaited = true }
    guard let last = group.epochs.last else { return }
    tenant = Tenant(
      id: tenant.id, name: tenant.name, signingKey: tenant.signingKey, stampKey: tenant.stampKey,
      epoch: last.epoch, earlier: tenant.epochs + group.epochs.dropLast(), startingAt: last.position)
  }

  /// A device that was enrolled and nothing since has no row.
  func writeSuccession(of device: Device, _ db: Database) throws {
    guard device.predecessor != nil || !device.isConfirmed || device.isRetired else {
      // One that waited for its confirmation had one.
      return try db.run("DELETE FROM succession WHERE actor = ?", [.bits(device.actor)])
    }
    try db.run(
      """
      INSERT OR REPLACE INTO succession (actor, predecessor, is_confirmed, is_retired) VALUES (?, ?, ?, ?)
      """,
      [
        .bits(device.actor), device.predecessor.map { .bits($0) } ?? .null, .boolean(device.isConfirmed),
        .boolean(device.isRetired),
      ])
  }

  // MARK: Reading

  func readLogDigest(_ db: Database) throws {
    markedPosition =
      try db.first("SELECT max(position) FROM log_mark") { UInt64(bitPattern: $0.optionalInteger(0) ?? 0) }
      ?? 0
    hasAwaited = try db.first("SELECT EXISTS (SELECT 1 FROM awaited)") { try $0.integer(0) == 1 } ?? false
    logDigest = try Self.logDigest(at: position, epochs, db)
  }

  /// Goes on from the mark before. Marks stand at the end of groups, and no segment reaches over one.
  static func logDigest(
    at position: UInt64, _ epochs: RowNumbers<Identifier>, _ db: Database
  ) throws -> Digest {
    let mark = try db.first(
      "SELECT position, digest FROM log_mark WHERE position <= ? ORDER BY position DESC LIMIT 1",
      [.bits(position)]
    ) { (position: try $0.unsigned(0), digest: try $0.digest(1)) }
    var changes: [(position: UInt64, digest: Digest)] = []
    try db.forEach(
      "SELECT \(SegmentStamps.columns) FROM segment WHERE id > ? AND id <= ? ORDER BY id",
      [.bits(mark?.position ?? 0), .bits(position)]
    ) { row in
      for stamp in try SegmentStamps(row, epochs: epochs).stamps where stamp.position <= position {
        changes.append((stamp.position, stamp.digest))
      }
    }
    return changes.sorted { $0.position < $1.position }
      .reduce(mark?.digest ?? LogDigest.start) { LogDigest.appending($1.digest, to: $0) }
  }
}
