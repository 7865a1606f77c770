import CRDT
import GRDB
import Replication
import WireProtocol

/// What governs access, in the ledger: sealed there as its records are, and taken back by a database that was
/// set back.
extension ServerStore {
  /// Changes of replayed entries, opened.
  struct LedgeredChanges {
    /// In the ledger's order.
    var changes: [OfferedChange] = []
    /// The keys that they are sealed under, and those that were erased: a restored key database may have
    /// these, and not know whose they are.
    var owners: [(key: RecordKeyID, record: Identifier)] = []
    /// How many of them stand before the last word of a leader that the tenant may be read from.
    var looked = 0
    var isEmpty: Bool { changes.isEmpty }
  }

  /// What is written with the transaction that ends a replay.
  struct Replaying {
    /// Up to which entry the ledger is taken in then.
    let head: LedgerHead
    /// Whether something was lost, so that the tenant is in recovery.
    let isInRecovery: Bool
  }

  // MARK: Devices that were told nothing

  /// More than one commit can have.
  private static let untoldMax = 4_096

  func readUntold(_ db: Database) throws {
    let bytes = try db.first("SELECT value FROM meta WHERE key = 'untold'") { try $0.blob(0) } ?? []
    let digests = stride(from: 0, to: bytes.count, by: 32).compactMap {
      Digest(bytes: bytes[$0...].prefix(32))
    }
    untold = Set(digests)
  }

  /// What of the log its devices were told nothing of, once a group is durable. In a new epoch they come
  /// under other actors, and ask.
  func untold(after group: CommitGroup) -> Set<Digest> {
    guard group.epochs.isEmpty else { return [] }
    guard replaying == nil else { return untold.union(group.changes.suffix(Self.untoldMax).map(\.digest)) }
    return untold.subtracting(group.told)
  }

  func writeUntold(_ group: CommitGroup, _ db: Database) throws {
    let after = untold(after: group)
    guard after != untold else { return }
    try db.run(
      "INSERT OR REPLACE INTO meta (key, value) VALUES ('untold', ?)",
      [.blob(after.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.flatMap(\.bytes))])
  }

  // MARK: Writing

  /// What the ledger keeps of a group's changes.
  func sealGoverning(_ group: CommitGroup, _ records: [Identifier: CachedRecord]) throws -> [LedgerEvent] {
    try group.governing.map { change in
      let record = change.change.header.record
      guard let key = records[record]?.key else { throw StorageError(.inconsistent, record: record) }
      let digest = change.digest.firstWord
      let content = try keys.seal(of: record, key)
        .seal(change.message.serializedBytes(), at: .ledgeredChange(digest: digest))
      return .governed(
        SealedChange(
          record: record, key: UInt64(bitPattern: key.rawValue), digest: digest, content: content.bytes))
    }
  }

  /// Notes in the transaction that ends a replay how far it went.
  func write(_ replaying: Replaying, _ db: Database) throws {
    try Self.write(ledgerHead: replaying.head, db)
    try db.run("DELETE FROM meta WHERE key = 'replaying'", [])
    if replaying.isInRecovery { try Self.write(ledgerHead: replaying.head, key: "recovery", db) }
  }

  // MARK: Replaying

  /// Opens the changes of entries, before anything of these is taken in. What was erased since is passed
  /// over.
  ///
  /// - Throws: `StorageError`: `ledgerKeyMissing` when a key is not here that was not destroyed,
  ///   `ledgerDamaged` when something is not what was sealed.
  func openGoverning(_ entries: [LedgerEntry]) throws -> LedgeredChanges {
    let events = entries.flatMap(\.events)
    var erased = try StorageError.translating { try database.inDatabase { try Self.destroyedKeys($0) } }.keys
      .reduce(into: keys.destroyed) { $0.insert($1) }
    for case .keysDestroyed(let records) in events { erased.formUnion(records) }
    var opened = LedgeredChanges()
    for event in events {
      switch event {
      case .recoveryEnded: opened.looked = opened.changes.count
      case .governed(let sealed):
        opened.owners.append((RecordKeyID(rawValue: Int64(bitPattern: sealed.key)), sealed.record))
        if erased.contains(sealed.record) {
          ledgerReport.erasedChanges += 1
        } else {
          opened.changes.append(try open(sealed))
        }
      default: break
      }
    }
    return opened
  }

  private func open(_ sealed: SealedChange) throws -> OfferedChange {
    let seal: RecordSeal
    do {
      seal = try keys.seal(of: sealed.record, RecordKeyID(rawValue: Int64(bitPattern: sealed.key)))
    } catch let error as StorageError where error.code == .keyMissing {
      throw StorageError(.ledgerKeyMissing, record: sealed.record)
    }
    guard let value = try? SealedValue(stored: sealed.content),
      let bytes = try? seal.open(value, at: .ledgeredChange(digest: sealed.digest)),
      let message = try? WireOfferedChange(serializedBytes: bytes), let change = try? OfferedChange(message),
      change.change.header.record == sealed.record, change.digest.firstWord == sealed.digest
    else { throw StorageError(.ledgerDamaged, record: sealed.record) }
    return change
  }

  /// Takes back what governs, begins an epoch where the ledger knows ones that the log does not, and notes
  /// that the ledger is taken in, in one transaction.
  ///
  /// Exits are decided as things stood when the last of the changes was received: the clock may have been
  /// another one then, and what time ended since is looked at when a device follows.
  ///
  /// - Parameters:
  ///   - unknown: the epochs that the log does not know: it was set back behind them.
  ///   - head: the ledger's end.
  func takeBack(_ ledgered: LedgeredChanges, after unknown: [Identifier], upTo head: LedgerHead) throws {
    guard !ledgered.isEmpty || !unknown.isEmpty else { return }
    var seen: Set<Identifier> = []
    var epochs = unknown.filter { seen.insert($0).inserted }
    if !epochs.isEmpty {
      epochs.append(Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max)))
    }
    let loaded = try load()
    var stage = GroupStage(
      source: self, directory: loaded.directory, governing: loaded.governing.staged(), after: position,
      logDigest: logDigest, at: ledgered.changes.last?.stamp.receivedAt ?? 0)
    let lost = try StorageError.translating { try stage.replay(ledgered.changes, in: epochs) }
    ledgerReport.takenChanges = stage.group.changes.count
    ledgerReport.lostChanges = lost.count
    // Who drills a restore gives no keys, and throws away what he makes.
    guard keys.purpose == .give else { return }
    let isIncomplete = lost.contains { $0 >= ledgered.looked }
    replaying = Replaying(head: head, isInRecovery: isIncomplete && !isInRecovery)
    defer { replaying = nil }
    try commitReplayed(stage.group)
    ledgerReport.missing.subtract(stage.group.records.keys)
    if isIncomplete { isInRecovery = true }
    ledgerReport.beganEpoch = !epochs.isEmpty
  }

  private func commitReplayed(_ group: CommitGroup) throws {
    guard group.isEmpty, let replaying else { return try commit(group) }
    try StorageError.translating {
      try database.inDatabase { db in try db.transaction(.immediate) { try write(replaying, db) } }
    }
  }
}
