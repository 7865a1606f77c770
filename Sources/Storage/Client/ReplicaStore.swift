public import CRDT
import GRDB
import Replication
import WireProtocol

/// What a device knows of its tenant, on disk: the confirmed state of the records that it holds, and apart
/// from it its own changes that have no verdict yet.
///
/// Several processes may have the same replica open. Every write, checkpoint, open and close happens under
/// the folder's write lock, and numbers are allotted in the transaction that stores what they name. What a
/// method returned from outlives the process; that it outlives a power failure too, each method says. So may
/// several threads use one instance.
public final class ReplicaStore: @unchecked Sendable {
  // Everything that varies is read and written under `access`, in `reading`, `writing` and what stands beside
  // them here.
  /// How many records stay in memory as they are shown.
  static let cachedRecordsMax = 2_048
  /// How many own entries stay in memory between being sent and being judged.
  static let sentEntriesMax = Limits.outstandingPushes * Limits.pushEntries

  /// The replica's folder.
  public let home: String

  let database: DatabaseQueue
  /// Seals and opens what rows hold.
  let sealed: SealedRows
  let log: WriteAheadLog
  private let lock: FileLock
  private let access = Lock()
  private var isClosed = false

  var cache = RecentCache<Identifier, Replica>(capacity: ReplicaStore.cachedRecordsMax)
  private var cachedMeta: ReplicaMeta?
  /// Own entries that were read to be sent, until they are judged. What was written does not change.
  var sent: [UInt64: OwnEntry] = [:]
  /// Whether own work may wait for something that is to come (`reissueAwaiting`), as far as is known here.
  public internal(set) var mayAwait = true
  /// SQLite's count of other connections' commits, which the caches were filled under.
  private var seenVersion: Int64 = 0
  private var ownCommits: Int64 = 0
  private var mustReopen = false
  private var durability = Durability.atCommit
  /// The actor whose key is derived from the device's with a salt. Needed for a succession alone, so that a
  /// replica can be written to without its keys.
  public var successor: ((_ salt: [UInt8]) -> ActorID?)?
  /// Tests make a transaction fail here, right before it is committed.
  var beforeCommit: ((Database) throws -> Void)?

  /// Whether there is a replica in a folder, readable or not.
  public static func exists(home: String) -> Bool { PrivateFiles.exists(ReplicaPaths(home).database) }

  /// Opens the replica in a folder.
  ///
  /// - Throws: `StorageError`: `missing`, `newerSchema`, `olderSchema`, `foreignFile`, `damaged`, `busy`;
  ///   `foreignKey` when it is sealed under other keys.
  public convenience init(home: String, seal: StoreSeal) throws {
    let paths = ReplicaPaths(home)
    guard PrivateFiles.exists(paths.database) else { throw StorageError(.missing) }
    try self.init(paths, lock: try FileLock(path: paths.writeLock), seal)
  }

  /// Makes a replica in a folder (mode 0700), and opens it.
  ///
  /// - Throws: `StorageError`: `exists` when there is one.
  @discardableResult
  public static func create(home: String, meta: ReplicaMeta, seal: StoreSeal) throws -> ReplicaStore {
    let paths = ReplicaPaths(home)
    try PrivateFiles.makeDirectory(home)
    let lock = try FileLock(path: paths.writeLock)
    try lock.holding {
      try DatabaseFile.create(paths.database, .client) { db in
        try ReplicaSchema.create(in: db)
        let sealed = SealedRows(seal)
        try meta.write(to: db, sealing: sealed)
        try sealed.store(in: db)
      }
    }
    return try ReplicaStore(paths, lock: lock, seal)
  }

  private init(_ paths: ReplicaPaths, lock: FileLock, _ seal: StoreSeal) throws {
    self.lock = lock
    sealed = SealedRows(seal)
    home = paths.home
    log = WriteAheadLog(ofDatabase: paths.database)
    // Opening reads, so that recovery after a crash happens under the lock too.
    database = try lock.holding {
      try WriteAheadLog.secure(ofDatabase: paths.database)
      return try DatabaseFile.writer(paths.database, .client, for: .open)
    }
    database.inDatabase { log.watch($0) }
    _ = try meta()
  }

  /// Copies the log into the database as far as other processes let it, and closes the files.
  public func close() throws {
    try access.holding {
      guard !isClosed else { return }
      isClosed = true
      try StorageError.translating {
        try lock.holding {
          // What cannot be copied stays in the log, for whoever opens the database next.
          defer { try? database.close() }
          try database.inDatabase { try log.truncate($0) }
        }
      }
    }
  }

  deinit { try? close() }
}

extension ReplicaStore {
  /// What the replica says of itself.
  public func meta() throws -> ReplicaMeta { try reading { try meta($0) } }

  /// Changes what the replica says of itself, in one transaction.
  @discardableResult
  public func updateMeta(_ body: (inout ReplicaMeta) -> Void) throws -> ReplicaMeta {
    try writing { db, staged in
      var meta = try meta(db)
      body(&meta)
      staged.meta = meta
      return meta
    }
  }

  /// A number that is another one whenever anything was written to the replica, by this process or another.
  public func dataVersion() throws -> Int64 {
    try access.holding {
      try StorageError.translating { try database.inDatabase { try version($0) } } &+ ownCommits << 32
    }
  }

  func meta(_ db: Database) throws -> ReplicaMeta {
    if let cachedMeta { return cachedMeta }
    let meta = try ReplicaMeta(readFrom: db, sealed)
    cachedMeta = meta
    return meta
  }

  /// Drops what is in memory.
  func forgetCached() {
    access.holding {
      cache.removeAll()
      sent.removeAll()
      cachedMeta = nil
    }
  }

  private func version(_ db: Database) throws -> Int64 {
    try db.first("PRAGMA data_version") { try $0.integer(0) } ?? 0
  }

  /// Drops what is in memory when another process has written since. Called inside a transaction, so that
  /// what is read next is from the same moment.
  private func validateCaches(_ db: Database) throws {
    let version = try version(db)
    guard version != seenVersion else { return }
    cache.removeAll()
    sent.removeAll()
    cachedMeta = nil
    sealed.forget()
    seenVersion = version
  }

  /// Reads at one moment.
  func reading<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try access.holding {
      try StorageError.translating {
        try database.inDatabase { db in
          try db.transaction(.deferred) {
            try validateCaches(db)
            return try body(db)
          }
        }
      }
    }
  }

  /// Writes in one transaction under the write lock. What `body` stages is stored with it, and is in memory
  /// only once it is written.
  func writing<Result>(
    _ durability: Durability = .atCommit, _ body: (Database, inout Staged) throws -> Result
  ) throws -> Result {
    try access.holding {
      guard !mustReopen else { throw StorageError(.mustReopen) }
      do {
        return try transaction(durability, body)
      } catch {
        sealed.forget()
        mustReopen = (error as? StorageError)?.code == .inputOutput
        throw error
      }
    }
  }

  private func transaction<Result>(
    _ durability: Durability, _ body: (Database, inout Staged) throws -> Result
  ) throws -> Result {
    try StorageError.translating {
      try lock.holding {
        try set(durability)
        var staged = Staged()
        let result = try database.inDatabase { db in
          try db.transaction(.immediate) {
            try validateCaches(db)
            sealed.begin()
            let result = try body(db, &staged)
            try store(&staged, db)
            try beforeCommit?(db)
            return result
          }
        }
        ownCommits += 1
        for (id, var replica) in staged.replicas {
          replica.stored()
          cache.insert(replica, for: id)
        }
        if let meta = staged.meta { cachedMeta = meta }
        checkpoint()
        return result
      }
    }
  }

  /// What was written is in the log; copying it into the database can wait. But a disk that failed here may
  /// have swallowed what the log was not synced for yet.
  private func checkpoint() {
    do {
      try StorageError.translating { try database.inDatabase { try log.checkpointIfDue($0) } }
    } catch {
      mustReopen = (error as? StorageError)?.code == .inputOutput
    }
  }

  /// What was wiped is in the log still: it is copied into the database, and cut, unless another process
  /// reads just then. Whoever closes the database or fills the log does so too.
  func dropLog() {
    access.holding {
      do {
        try StorageError.translating {
          try lock.holding { try database.inDatabase { try log.truncate($0) } }
        }
      } catch {
        mustReopen = mustReopen || (error as? StorageError)?.code == .inputOutput
      }
    }
  }

  private func set(_ durability: Durability) throws {
    guard durability != self.durability else { return }
    try database.inDatabase { try $0.run(durability.statement) }
    self.durability = durability
  }

  /// Makes durable whatever was written before.
  ///
  /// - Throws: `StorageError`; then it is not known to be durable, and must not be acknowledged.
  public func flush() throws {
    guard !(access.holding { mustReopen }) else { throw StorageError(.mustReopen) }
    do {
      // Other threads may go on meanwhile: what they write now needs no more than the next flush.
      try log.sync()
    } catch {
      access.holding { mustReopen = true }
      throw error
    }
  }

  /// Takes beforehand the space that the log will need, for whoever stays to write and receive one change
  /// at a time: a commit is then quicker by a third.
  ///
  /// - Throws: `StorageError`; then it is not known to be durable what was written before.
  public func reserveLog() throws {
    try access.holding {
      guard !mustReopen else { throw StorageError(.mustReopen) }
      do {
        try lock.holding { try log.reserve() }
      } catch {
        mustReopen = true
        throw error
      }
    }
  }

  private func store(_ staged: inout Staged, _ db: Database) throws {
    for index in staged.replicas.values.indices {
      staged.replicas.values[index].refresh()
      try write(staged.replicas.values[index], db)
      try noteAudience(by: staged.replicas.values[index], db)
    }
    if let meta = staged.meta {
      let before = try self.meta(db)
      try meta.write(to: db, replacing: before, sealing: sealed)
      if meta.judgedEntries != before.judgedEntries { try dropSealedPushes(upTo: meta.judgedEntries, db) }
    }
    try sealed.store(in: db)
  }
}

/// What a transaction will leave in memory.
struct Staged {
  var replicas: [Identifier: Replica] = [:]
  /// The row of the last record, once a new one needed the next.
  var lastRow: Int64?
  var meta: ReplicaMeta?
}
