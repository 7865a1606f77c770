import CRDT
import CaseModel
import GRDB
public import Replication
public import WireProtocol

/// One tenant's log and what is made of it, on disk.
///
/// It is used from one thread or actor. One connection does all that writes, one process at a time has it:
/// the folder's lock keeps a second server out. What `commit` returned from is durable; what it threw on is
/// not there, neither on disk nor in memory.
///
/// Whether a sync happens between the receipt of a push and its acknowledgement can be seen from outside:
/// `strace -f -e trace=fdatasync,fsync` on the server shows the log (`tenant.db-wal`) synced once a group.
public final class ServerStore {
  /// How many records stay in memory as they stand.
  static let cachedRecordsMax = 4_096

  /// The tenant, with its keys, in the epoch that the log is in.
  public internal(set) var tenant: Tenant
  /// The store's folder.
  public let directory: String

  let database: DatabaseQueue
  let log: WriteAheadLog
  let ledger: Ledger
  let keys: RecordKeys
  private let lock: FileLock

  var epochs: RowNumbers<Identifier>
  var actors: RowNumbers<ActorID>
  /// The person behind each account.
  var persons: [Identifier: Identifier] = [:]
  var cache = RecentCache<Identifier, CachedRecord>(capacity: ServerStore.cachedRecordsMax)
  /// The tenants with which the chains of actors start who were never enrolled here.
  var homes: [ActorID: Identifier] = [:]
  /// The devices that were read or written since the store was opened, as they are stored.
  var devices: [ActorID: Device] = [:]
  /// The entries of the run that was last asked for: who sends one again sends its neighbours too.
  var recentRun: (actor: ActorID, entries: [JudgedEntry])?
  /// The position of the last change.
  public internal(set) var position: UInt64 = 0
  /// The log's digest there.
  public internal(set) var logDigest = LogDigest.start
  /// The position of the last mark of the log's digest.
  var markedPosition: UInt64 = 0
  /// The logs of knowing that rows go into.
  var logs: [LogKind: KnowingLog] = [:]
  /// Whether something may be awaited.
  var hasAwaited = false
  /// Whether the store was opened without the ledger that it knew, and no leader has ended that.
  public internal(set) var isInRecovery = false
  /// Whether the ledger has an entry whose commit failed, behind the last that the database knows.
  var isLedgerAhead = false
  /// The changes that came from the ledger, of which their devices were told nothing.
  var untold: Set<Digest> = []
  /// What of the ledger is being taken back.
  var replaying: Replaying?
  /// What opening the ledger came to.
  public internal(set) var ledgerReport = LedgerReport()
  /// Whether the ledger shows that rows of a log of knowing are gone from the database.
  var mustBeginLogs = false
  var lastRecordRow: Int64 = 0
  var mustReopen = false
  private var isClosed = false
  /// Tests make a transaction fail here, right before it is committed.
  var beforeCommit: ((Database) throws -> Void)?

  /// A record as it stands, with what the next commit needs to know of its rows.
  struct CachedRecord {
    let row: Int64
    let key: RecordKeyID
    let tail: Int
    let snapshot: RecordSnapshot
  }

  /// How many bytes of the disk are kept free of work, by default: sessions note what they have sent and
  /// which token they gave, so that people read on when no more work can be taken in.
  public static let reservedBytes: UInt64 = 64 << 20

  /// Whether the disk has less room than is kept free.
  public func isShortOfSpace(keeping reserved: UInt64) -> Bool {
    FileSystems.holding(directory).freeBytes(at: directory).map { $0 < reserved } ?? false
  }

  /// Opens a tenant's folder, and takes in what its ledger says and its database does not know: the database
  /// may have been restored, or set back.
  ///
  /// - Parameters:
  ///   - ledger: the ledger's file; `nil` for the one beside the folder.
  ///   - keys: where the records' keys are; the one beside the folder without.
  ///   - isRestored: the folder comes from a backup, so that a ledger which is not there is a lost one.
  /// - Throws: `StorageError`: `missing`, `inUse` when another process has it open, `newerSchema`,
  ///   `foreignFile`, `damaged`, `ledgerDamaged`, `ledgerForeign`, `ledgerBehind`, `ledgerNewer`,
  ///   `ledgerKeyMissing`, `keysMissing`, `keysForeign`, `keyMissing`, `foreignKey`.
  public convenience init(
    directory: String, ledger: String? = nil, keys: RecordKeyOptions = RecordKeyOptions(),
    isRestored: Bool = false
  ) throws {
    try self.init(
      directory: directory, ledger: ledger, keys: keys, for: .give, isRestored: isRestored)
  }

  convenience init(
    directory: String, ledger: String?, keys: RecordKeyOptions, for purpose: RecordKeys.Purpose,
    isRestored: Bool
  ) throws {
    let paths = ServerPaths(directory, ledger: ledger, keys: keys.path)
    guard PrivateFiles.exists(paths.database) else { throw StorageError(.missing) }
    try self.init(paths, lock: try Self.lock(paths), keys, purpose, isRestored: isRestored)
  }

  /// Makes a tenant's folder (mode 0700), its keys and its empty database, and opens it.
  ///
  /// - Parameters:
  ///   - ledger: the ledger's file; `nil` for one beside the folder.
  ///   - keys: where the records' keys are to be; beside the folder without.
  /// - Throws: `StorageError`: `exists` when there is a tenant, `ledgerExists` when there is a ledger,
  ///   `keysExist` when there are keys of records.
  @discardableResult
  public static func create(
    in directory: String, ledger: String? = nil, keys: RecordKeyOptions = RecordKeyOptions(),
    tenant: NewTenant
  ) throws -> ServerStore {
    let paths = ServerPaths(directory, ledger: ledger, keys: keys.path)
    try PrivateFiles.makeDirectory(directory)
    let lock = try lock(paths)
    guard !PrivateFiles.exists(paths.database) else { throw StorageError(.exists) }
    guard !PrivateFiles.exists(paths.ledger) else { throw StorageError(.ledgerExists) }
    // The keys are there before the database is: a tenant without its keys would be lost, keys alone are
    // nothing.
    try KeyDatabase.create(KeyPaths(paths.recordKeys), tenant: tenant.id, keys)
    try TenantKeys(signingSecret: tenant.signingSecret, stampSecret: tenant.stampSecret).write(to: paths.keys)
    try DatabaseFile.create(paths.database, .server) { db in
      try ServerSchema.create(in: db)
      try db.run(
        "INSERT INTO meta (key, value) VALUES ('tenant', ?), ('name', ?), ('epoch', ?)",
        [.blob(tenant.id), .text(tenant.name), .blob(tenant.epoch)])
      try write(ledgerHead: .start(of: tenant.id), db)
      try db.run("INSERT INTO epoch (id, wire) VALUES (1, ?)", [.blob(tenant.epoch)])
      try db.run("INSERT INTO epoch_start (wire, position) VALUES (?, 0)", [.blob(tenant.epoch)])
      for kind in LogKind.allCases { _ = try KnowingLog.begin(kind, named: keys.drawIdentifier(), db) }
    }
    return try ServerStore(paths, lock: lock, keys, .give, isRestored: false)
  }

  private init(
    _ paths: ServerPaths, lock: FileLock, _ options: RecordKeyOptions, _ purpose: RecordKeys.Purpose,
    isRestored: Bool
  ) throws {
    self.lock = lock
    directory = paths.directory
    let tenantKeys = try TenantKeys(readFrom: paths.keys)
    try WriteAheadLog.secure(ofDatabase: paths.database)
    let database = try DatabaseFile.writer(paths.database, .server, for: .open)
    self.database = database
    log = WriteAheadLog(ofDatabase: paths.database)
    epochs = RowNumbers(table: "epoch") { .blob($0) }
    actors = RowNumbers(table: "actor") { .bits($0) }
    let (tenant, known) = try StorageError.translating {
      try database.inDatabase { (try ServerStore.readTenant($0, tenantKeys), try ServerStore.readLedger($0)) }
    }
    self.tenant = tenant
    keys = try RecordKeys(paths.recordKeys, tenant: tenant.id, for: purpose, options)
    let opened = try Self.openLedger(paths.ledger, of: tenant.id, known, isRestored: isRestored, in: database)
    ledger = opened.ledger
    try StorageError.translating {
      try database.inDatabase { db in
        log.watch(db)
        try readNumbers(db)
        try readLogDigest(db)
        try checkTail(db)
      }
    }
    try replay(opened)
  }

  /// Takes beforehand the space that the log will need: a commit is then quicker by a third.
  ///
  /// - Throws: `StorageError`; then the store must be opened anew.
  public func reserveLog() throws { try log.reserve() }

  /// Copies the log into the database, cuts it, and lets go of the folder.
  public func close() throws {
    guard !isClosed else { return }
    isClosed = true
    // What cannot be copied stays in the log, for whoever opens the database next.
    defer {
      try? keys.close()
      ledger.close()
      lock.unlock()
    }
    try StorageError.translating {
      defer { try? database.close() }
      try database.inDatabase { try log.truncate($0) }
    }
  }

  private static func lock(_ paths: ServerPaths) throws -> FileLock {
    let lock = try FileLock(path: paths.lock)
    guard lock.tryLock() else { throw StorageError(.inUse) }
    return lock
  }
}

/// The files of a tenant: its folder's, and the ledger's and the records' keys, which are apart.
struct ServerPaths: Sendable {
  let directory: String
  /// Whoever copies the folder, or puts a copy back, leaves the ledger where it is.
  let ledger: String
  var database: String { directory + "/tenant.db" }
  /// The keys of the tenant itself, which sign and stamp.
  var keys: String { directory + "/tenant.keys" }
  /// The database of records' keys, apart as the ledger is.
  let recordKeys: String
  var lock: String { directory + "/tenant.lock" }
  /// Where a backup copies the database to before it seals it.
  var backupCopy: String { directory + "/backup-copy.db" }

  /// What the newest verified backups contain.
  var backups: String { directory + "/tenant.backups" }

  init(_ directory: String, ledger: String? = nil, keys: String? = nil) {
    self.directory = directory
    var name = directory[...]
    while name.count > 1, name.last == "/" { name.removeLast() }
    self.ledger = ledger ?? name + ".ledger"
    recordKeys = keys ?? name + ".keys"
  }
}
