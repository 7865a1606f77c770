import CRDT
import GRDB
import Replication
import WireProtocol

extension ServerStore {
  /// How many of the newest changes are checked whenever the store is opened.
  static let checkedTailChanges = 256
  /// Up to what size a database is checked whole whenever it is opened, in bytes.
  static let checkedDatabaseBytes = 32 << 20

  static func readTenant(_ db: Database, _ keys: TenantKeys) throws -> Tenant {
    func meta<Result>(_ key: String, _ read: (ResultRow) throws -> Result) throws -> Result {
      guard let value = try db.first("SELECT value FROM meta WHERE key = ?", [.text(key)], read) else {
        throw StorageError(.damaged)
      }
      return value
    }
    let starts = try db.all("SELECT wire, position FROM epoch_start ORDER BY id", []) {
      EpochStart(epoch: try $0.identifier(0), position: try $0.unsigned(1))
    }
    let epoch = try meta("epoch") { try $0.identifier(0) }
    guard let last = starts.last, last.epoch == epoch else { throw StorageError(.damaged) }
    return Tenant(
      id: try meta("tenant") { try $0.identifier(0) }, name: try meta("name") { try $0.text(0) },
      signingKey: try SigningKey(secret: keys.signingSecret), stampKey: StampKey(secret: keys.stampSecret),
      epoch: epoch, earlier: starts.dropLast(), startingAt: last.position)
  }

  /// Reads what is kept in memory throughout.
  func readNumbers(_ db: Database) throws {
    try epochs.loadAll(db) { try $0.identifier(1) }
    try actors.loadAll(db) { try $0.actor(1) }
    for (account, person) in try db.all(
      "SELECT wire, person FROM account", [], { (try $0.identifier(0), try $0.identifier(1)) })
    {
      persons[account] = person
    }
    homes = try Self.readHomes(db)
    try readUntold(db)
    position =
      try db.first(ServerSchema.lastPosition) { UInt64(bitPattern: $0.optionalInteger(0) ?? 0) } ?? 0
    logs = try KnowingLog.readAll(db)
    lastRecordRow = try db.first("SELECT max(id) FROM record") { $0.optionalInteger(0) ?? 0 } ?? 0
  }

  /// A small database is checked whole, and the newest changes of any: a crash harms the end of a log first.
  func checkTail(_ db: Database) throws {
    let pages = try db.first("PRAGMA page_count") { try $0.integer(0) } ?? 0
    if pages * 4_096 <= Self.checkedDatabaseBytes {
      // A page that cannot be read looks like a damaged one; the disk may give it the second time.
      let isWhole = try (0..<2).contains { _ in
        try db.first("PRAGMA quick_check(1)") { try $0.text(0) } == "ok"
      }
      guard isWhole else { throw StorageError(.damaged) }
    }
    // The newest segments hold them: a segment has one change or more.
    let newest = try db.all(
      "SELECT \(Segment.columns) FROM segment ORDER BY id DESC LIMIT ?",
      [.integer(Self.checkedTailChanges)]
    ) { row in
      do {
        return try Segment(row, epochs: epochs, keys: keys)
      } catch let error as StorageError where error.isOfKeys {
        // Of what was erased there is nothing to check; that a key is missing is found in its turn.
        return nil
      }
    }.compactMap { $0 }
    var checked = 0
    for segment in newest where checked < Self.checkedTailChanges {
      var previous = try segment.changes.first.flatMap {
        try digest(before: $0.header, row: segment.record, db)
      }
      for change in segment.changes {
        guard let before = previous, change.follows(before) else {
          throw StorageError(.damaged, record: change.header.record, change: change.header.id)
        }
        previous = change.digest
      }
      checked += segment.changes.count
    }
  }

  /// The digest that a change chains to; `nil` when the one before is not stored.
  func digest(before header: ChangeHeader, row: Int64, _ db: Database) throws -> Digest? {
    guard header.id.number > 1 else {
      return Chain.start(
        tenant: home(of: header.id.actor), record: header.record, actor: header.id.actor)
    }
    let before = ChangeID(actor: header.id.actor, number: header.id.number - 1)
    return try digest(of: before, row: row, db)
  }

  func digest(of change: ChangeID, row: Int64, _ db: Database) throws -> Digest? {
    try stamp(of: change, row: row, db)?.digest
  }
}
