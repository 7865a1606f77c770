public import CRDT
import GRDB
import Replication
import WireProtocol

/// Backups of a tenant: made while it is served, and restored into an empty place.
public enum ServerBackup {
  /// What a backup holds, as far as that was checked.
  public struct Summary: Hashable, Sendable {
    /// The tenant's name.
    public let tenantName: String
    /// When the backup was made, in milliseconds since 1970.
    public let createdAt: Int64
    /// The log's last position.
    public let position: UInt64
    /// The size of the database, in bytes.
    public let databaseBytes: Int
    /// The size of the backup's file, in bytes.
    public let fileBytes: Int
    /// Every chain, stamp and snapshot, recomputed from the copy.
    public let verification: VerificationReport
    /// What the tenant's ledger is to the database; `nil` when there is no ledger.
    public let ledger: LedgerCheck?
  }

  /// A ledger that was checked beside a database.
  public struct LedgerCheck: Hashable, Sendable {
    /// How many entries it has.
    public let entries: UInt64
    /// How many of them the database does not know.
    public let unknownEntries: UInt64
  }

  /// Where a backup or a restore has come to.
  public enum Step: String, Hashable, Sendable {
    case copying, verifying, sealing, opening, replaying, done
  }

  /// Copies a tenant, checks the copy, and writes it sealed. The keys of records are not in it: they have
  /// backups of their own (`KeyBackup`). The server may serve it meanwhile: the copy is
  /// of one moment. The file gets its name when all of it is written and on the disk; before that there is
  /// none.
  ///
  /// - Parameters:
  ///   - directory: the tenant's folder.
  ///   - ledger: the tenant's ledger, which is checked and stays where it is; `nil` for the one beside the
  ///     folder.
  ///   - keys: the records' keys, which the copy is checked with and which stay where they are; `nil` for
  ///     those beside the folder.
  ///   - path: the file to make; there must be none.
  ///   - passphrase: what the backup is sealed with.
  ///   - now: milliseconds since 1970.
  /// - Throws: `StorageError`: `missing`, `exists`, `damaged` when the copy is not sound, what `checkLedger`
  ///   throws, `diskFull`, `inputOutput`.
  public static func make(
    of directory: String, ledger: String? = nil, keys: String? = nil, to path: String, passphrase: String,
    at now: Int64, progress: (Step) -> Void = { _ in }
  ) throws -> Summary {
    let paths = ServerPaths(directory, ledger: ledger, keys: keys)
    guard PrivateFiles.exists(paths.database) else { throw StorageError(.missing) }
    guard !PrivateFiles.exists(path) else { throw StorageError(.exists) }
    let keyBytes = try PrivateFiles.read(paths.keys)
    let copy = paths.backupCopy
    discardCopy(copy)
    defer { discardCopy(copy) }
    progress(.copying)
    try copyDatabase(paths.database, to: copy)
    progress(.verifying)
    let checked = try check(copy, try TenantKeys(readFrom: paths.keys), recordKeys: paths.recordKeys)
    let ledgerCheck = try checkLedger(paths.ledger, beside: checked)
    progress(.sealing)
    let temporary = path + ".new"
    PrivateFiles.remove(temporary)
    do {
      try seal(copy, keyBytes, checked, to: temporary, passphrase, now)
      try readBack(temporary, passphrase)
      try PrivateFiles.rename(temporary, to: path)
    } catch {
      PrivateFiles.remove(temporary)
      throw error
    }
    try BackupMarks.add(
      BackupMark(
        createdAt: now, position: checked.position, logDigest: checked.logDigest, journals: checked.journals),
      file: path, to: paths.backups)
    progress(.done)
    return Summary(
      tenantName: checked.tenant.name, createdAt: now, position: checked.position,
      databaseBytes: PrivateFiles.byteCount(copy), fileBytes: PrivateFiles.byteCount(path),
      verification: checked.report, ledger: ledgerCheck)
  }

  /// Reads a ledger whole and compares it with a database.
  ///
  /// - Returns: `nil` when there is none.
  /// - Throws: `ledgerDamaged`, `ledgerForeign`, `ledgerBehind`, `foreignFile`.
  static func checkLedger(_ path: String, beside checked: Checked) throws -> LedgerCheck? {
    guard PrivateFiles.exists(path) else { return nil }
    var isMet = checked.ledger == .start(of: checked.tenant.id)
    var lost: LedgerHead?
    let contents = try LedgerFile.read(path) { entry, head in
      if head == checked.ledger { isMet = true }
      if entry.number == 1, case .recoveryBegan(let known)? = entry.events.first { lost = known }
    }
    guard contents.tenant == checked.tenant.id else { throw StorageError(.ledgerForeign) }
    if !isMet, let lost, lost.number > checked.ledger.number || lost == checked.ledger {
      return LedgerCheck(entries: contents.head.number, unknownEntries: contents.head.number)
    }
    guard contents.head.number >= checked.ledger.number else { throw StorageError(.ledgerBehind) }
    guard isMet else { throw StorageError(.ledgerForeign) }
    return LedgerCheck(
      entries: contents.head.number, unknownEntries: contents.head.number - checked.ledger.number)
  }

  /// Copies the database as it stands at one moment, beside whoever writes.
  private static func copyDatabase(_ path: String, to copy: String) throws {
    // SQLite fills an empty file, which has the mode that it was made with.
    try PrivateFiles.create(copy)
    let database = try DatabaseFile.copier(path, .server)
    try StorageError.translating {
      try database.inDatabase { try $0.execute(sql: "VACUUM INTO ?", arguments: [copy]) }
      try database.close()
    }
  }

  struct Checked {
    let tenant: Tenant
    let position: UInt64
    let logDigest: Digest
    let journals: [ActorID: UInt64]
    let ledger: LedgerHead
    let report: VerificationReport
  }

  /// Recomputes everything in a database that nobody else has open.
  ///
  /// - Parameter recordKeys: the records' keys, which are read.
  /// - Throws: `keyMissing` when one is not there, `damaged` when anything is not as it was stored.
  static func check(_ path: String, _ keys: TenantKeys, recordKeys: String) throws -> Checked {
    let database = try DatabaseFile.reader(path, .server)
    let checked = try StorageError.translating {
      try database.inDatabase { db in
        let tenant = try ServerStore.readTenant(db, keys)
        var epochs = RowNumbers<Identifier>(table: "epoch") { .blob($0) }
        var actors = RowNumbers<ActorID>(table: "actor") { .bits($0) }
        try epochs.loadAll(db) { try $0.identifier(1) }
        try actors.loadAll(db) { try $0.actor(1) }
        let report = try verify(db, tenant, epochs, actors, recordKeys)
        let position = try db.first(ServerSchema.lastPosition) { $0.optionalInteger(0) ?? 0 } ?? 0
        return Checked(
          tenant: tenant, position: UInt64(bitPattern: position),
          logDigest: try ServerStore.logDigest(at: UInt64(bitPattern: position), epochs, db),
          journals: try journals(actors, db), ledger: try ServerStore.readLedger(db).head,
          report: report)
      }
    }
    try StorageError.translating { try database.close() }
    guard checked.report.isSound else {
      if let missing = checked.report.findings.first(where: { $0.fault == .key }) {
        throw StorageError(.keyMissing, record: missing.record)
      }
      let first = checked.report.findings.first
      throw StorageError(.damaged, record: first?.record, change: first?.change)
    }
    return checked
  }

  private static func verify(
    _ db: Database, _ tenant: Tenant, _ epochs: RowNumbers<Identifier>, _ actors: RowNumbers<ActorID>,
    _ recordKeys: String
  ) throws -> VerificationReport {
    let keys = try RecordKeys(recordKeys, tenant: tenant.id, for: .read, RecordKeyOptions())
    defer { try? keys.close() }
    try keys.settle(owners: [], newest: .none, destroyed: try ServerStore.destroyedKeys(db))
    var verification = ServerVerification(tenant, epochs: epochs, actors: actors, keys: keys)
    verification.run(db)
    return verification.report
  }

  /// Opens what was written: a backup counts once it was read.
  private static func readBack(_ path: String, _ passphrase: String) throws {
    let input = try FileInput(path: path)
    let (header, bytes) = try BackupFile.header(input)
    var count = 0
    try BackupFile.open(input, bytes, key: try header.passphrase.derive(from: passphrase)) {
      count += $0.count
    }
    guard count == header.keysBytes + header.databaseBytes else { throw StorageError(.damaged) }
  }

  private static func journals(_ actors: RowNumbers<ActorID>, _ db: Database) throws -> [ActorID: UInt64] {
    let rows = try db.all("SELECT actor, max(last) FROM journal GROUP BY actor", []) {
      (try actors.key(try $0.integer(0)), try $0.unsigned(1))
    }
    return Dictionary(rows, uniquingKeysWith: min)
  }

  private static func seal(
    _ copy: String, _ keyBytes: [UInt8], _ checked: Checked, to path: String, _ passphrase: String,
    _ now: Int64
  ) throws {
    let parameters = PassphraseKey.generated()
    let header = BackupFile.Header(
      createdAt: now, position: checked.position, databaseBytes: PrivateFiles.byteCount(copy),
      keysBytes: keyBytes.count, passphrase: parameters)
    let output = try FileOutput(path: path)
    var writer = try BackupFile.Writer(header, key: try parameters.derive(from: passphrase), to: output)
    try writer.append(keyBytes)
    let input = try FileInput(path: copy)
    while case let bytes = try input.read(BackupFile.chunkBytes), !bytes.isEmpty { try writer.append(bytes) }
    try writer.finish()
    try output.finish()
  }

  private static func discardCopy(_ copy: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { PrivateFiles.remove(copy + suffix) }
  }

  // MARK: Restoring

  /// Restores a backup into a place where there is nothing, and begins a new epoch: what devices know of the
  /// log after the backup is given back by them.
  ///
  /// All is made and checked in a folder beside it, which gets the name when it is whole. What the ledger
  /// says is taken in; without one another begins, and the tenant is in recovery until a leader ends that.
  ///
  /// - Parameters:
  ///   - path: the backup's file.
  ///   - directory: the tenant's folder; there must be none, or an empty one.
  ///   - ledger: the tenant's ledger; `nil` for the one beside the folder.
  ///   - keys: the records' keys, which must be there and were never rolled back; `nil` for those beside the
  ///     folder.
  ///   - epoch: what the new epoch is called: 16 random bytes.
  ///   - isDryRun: do all but the last step, and leave nothing.
  /// - Throws: `StorageError`: `missing`, `exists` when there is something at the place, `foreignFile`,
  ///   `wrongPassphrase`, `damaged`, `ledgerDamaged`, `ledgerForeign`, `ledgerBehind`, `ledgerNewer`,
  ///   `ledgerKeyMissing`, `keysMissing`, `keysForeign`, `keyMissing`, `inUse`, `diskFull`, `inputOutput`.
  public static func restore(
    from path: String, to directory: String, ledger: String? = nil, keys: String? = nil, passphrase: String,
    epoch: Identifier, isDryRun: Bool = false,
    progress: (Step) -> Void = { _ in }
  ) throws -> Summary {
    try refuseOccupied(directory)
    let staging = directory + ".restoring"
    discardStaging(staging)
    try PrivateFiles.makeDirectory(staging)
    defer { discardStaging(staging) }
    progress(.opening)
    let header = try open(path, into: ServerPaths(staging), passphrase)
    progress(.verifying)
    let place = ServerPaths(directory, ledger: ledger, keys: keys)
    let checked = try check(
      ServerPaths(staging).database, try TenantKeys(readFrom: ServerPaths(staging).keys),
      recordKeys: place.recordKeys)
    let ledger = place.ledger
    let ledgerCheck = try checkLedger(ledger, beside: checked)
    let summary = Summary(
      tenantName: checked.tenant.name, createdAt: header.createdAt, position: checked.position,
      databaseBytes: header.databaseBytes, fileBytes: PrivateFiles.byteCount(path),
      verification: checked.report, ledger: ledgerCheck)
    if !isDryRun {
      let store = try ServerStore(
        directory: staging, ledger: ledger, keys: RecordKeyOptions(path: place.recordKeys), isRestored: true)
      try store.beginEpoch(epoch)
      try store.close()
      PrivateFiles.removeEmptyDirectory(directory)
      try refuseOccupied(directory)
      try PrivateFiles.rename(staging, to: directory)
    }
    progress(.done)
    return summary
  }

  private static func refuseOccupied(_ directory: String) throws {
    let paths = ServerPaths(directory)
    for file in [paths.database, paths.keys, paths.database + "-wal"] where PrivateFiles.exists(file) {
      throw StorageError(.exists)
    }
  }

  static func open(
    _ path: String, into paths: ServerPaths, _ passphrase: String
  ) throws -> BackupFile.Header {
    let input = try FileInput(path: path)
    let (header, bytes) = try BackupFile.header(input)
    let key = try header.passphrase.derive(from: passphrase)
    let database = try FileOutput(path: paths.database)
    var keys: [UInt8] = []
    var count = 0
    try BackupFile.open(input, bytes, key: key) { chunk in
      var chunk = chunk[...]
      if keys.count < header.keysBytes {
        let taken = chunk.prefix(header.keysBytes - keys.count)
        keys += taken
        chunk = chunk.dropFirst(taken.count)
      }
      count += chunk.count
      try database.write(Array(chunk))
    }
    try database.finish()
    guard keys.count == header.keysBytes, count == header.databaseBytes else { throw StorageError(.damaged) }
    try PrivateFiles.write(keys, to: paths.keys)
    return header
  }

  static func discardStaging(_ staging: String) {
    let paths = ServerPaths(staging)
    for suffix in ["", "-wal", "-shm", "-journal"] { PrivateFiles.remove(paths.database + suffix) }
    for file in [paths.keys, paths.keys + ".new", paths.lock] { PrivateFiles.remove(file) }
    PrivateFiles.removeEmptyDirectory(staging)
  }
}
