import CRDT
import GRDB

/// The keys of a tenant's records while its store is open: those that were used lately are in memory, and new
/// ones are made ahead, so that only one commit in some hundred that begin a record waits for a second disk
/// write.
///
/// Which key is a record's stands in the tenant's database, committed with the record; the key database is
/// told after. A key is durable before it is given. Used by the one thread that has the store.
final class RecordKeys {
  /// How many keys stay in memory: some two megabytes.
  static let cachedMax = 16_384
  /// How many keys are made at a time.
  static let madeAtOnce = 512

  /// What is done with the keys.
  enum Purpose: Sendable {
    /// Records are given keys, and keys are destroyed. One process at a time does.
    case give
    /// Stored content is read.
    case read
  }

  let database: KeyDatabase
  let options: RecordKeyOptions
  let purpose: Purpose
  private let owner: FileLock?
  private var cache = RecentCache<RecordKeyID, RecordKey>(capacity: RecordKeys.cachedMax)
  /// The records whose keys were destroyed.
  private(set) var destroyed: Set<Identifier>
  /// Keys that are nobody's, the next to be given last.
  private var ahead: [RecordKey] = []
  /// The keys that the transaction which runs has given.
  private var given: [(key: RecordKey, record: Identifier)] = []
  /// What the key database was not told yet.
  private var untold: [(key: RecordKeyID, record: Identifier)] = []
  /// The newest key that the tenant's database knows.
  private var last = RecordKeyID.none

  /// Opens the keys of a tenant.
  ///
  /// - Throws: as `KeyDatabase.init`; `inUse` when another process gives keys.
  init(_ path: String, tenant: Identifier, for purpose: Purpose, _ options: RecordKeyOptions) throws {
    let paths = KeyPaths(path)
    self.options = options
    self.purpose = purpose
    guard PrivateFiles.exists(paths.database) else { throw StorageError(.keysMissing) }
    owner = purpose == .give ? try FileLock(path: paths.owner) : nil
    if let owner, !owner.tryLock() { throw StorageError(.inUse) }
    database = try KeyDatabase(paths, tenant: tenant)
    destroyed = Set(try database.destroyed().keys)
  }

  func close() throws {
    defer { owner?.unlock() }
    try database.close()
  }

  // MARK: Sealing

  /// What seals and opens a record's content.
  ///
  /// - Throws: `StorageError`: `erased` when the record's key was destroyed, `keyMissing` when it is not
  ///   here though it should be.
  func seal(of record: Identifier, _ id: RecordKeyID) throws -> RecordSeal {
    guard !destroyed.contains(record) else { throw StorageError(.erased, record: record) }
    if let cached = cache.value(id) { return RecordSeal(record: record, key: cached, options: options) }
    guard let key = try database.key(id) else { throw StorageError(.keyMissing, record: record) }
    cache.insert(key, for: id)
    return RecordSeal(record: record, key: key, options: options)
  }

  /// Gives a new record its key, which holds when the transaction does.
  ///
  /// - Throws: `StorageError`: `erased` when the record's key was destroyed: it gets no other.
  func newSeal(of record: Identifier) throws -> RecordSeal {
    guard !destroyed.contains(record) else { throw StorageError(.erased, record: record) }
    guard purpose == .give else { throw StorageError(.inconsistent, record: record) }
    if ahead.isEmpty {
      ahead = try database.makeKeys(Self.madeAtOnce, after: max(last, given.last?.key.id ?? .none), options)
        .reversed()
    }
    guard let key = ahead.popLast() else { throw StorageError(.inconsistent, record: record) }
    given.append((key, record))
    cache.insert(key, for: key.id)
    return RecordSeal(record: record, key: key, options: options)
  }

  // MARK: Transactions of the tenant's database

  /// The transaction is durable: the keys that it gave are the records'.
  ///
  /// - Throws: `StorageError` `inputOutput` when the key database must be opened anew. That it could not be
  ///   told now otherwise is no failure: it is told with the next, or when the store is opened.
  func commit() throws {
    guard !given.isEmpty || !untold.isEmpty else { return }
    untold += given.map { ($0.key.id, $0.record) }
    last = max(last, given.last?.key.id ?? .none)
    given.removeAll(keepingCapacity: true)
    do {
      try tell()
    } catch let error as StorageError where error.code != .inputOutput && error.code != .mustReopen {
      return
    }
  }

  /// The transaction failed: the keys are nobody's, as they were.
  func rollBack() {
    for (key, _) in given.reversed() { ahead.append(key) }
    given.removeAll(keepingCapacity: true)
  }

  /// The transaction failed behind the ledger, which may name the keys: they are nobody's, and nobody gets
  /// them.
  func abandon() { given.removeAll(keepingCapacity: true) }

  private func tell() throws {
    try database.tell(untold)
    untold.removeAll(keepingCapacity: true)
  }

  // MARK: Opening the store

  /// Takes in what the tenant's database says: which records have which of the newest keys, and whose keys
  /// were destroyed. Keys that nobody has are deleted, so that none is ever given twice, whatever was set
  /// back.
  func settle(
    owners: [(key: RecordKeyID, record: Identifier)], newest: RecordKeyID,
    destroyed known: [Identifier: Int64]
  ) throws {
    let isNew = known.contains { !destroyed.contains($0.key) }
    destroyed.formUnion(known.keys)
    last = newest
    guard purpose == .give else { return }
    // Which are nobody's is asked first: what a ledger names may be newer than some of them.
    let unowned = try database.unowned()
    if !owners.isEmpty { try database.tell(owners) }
    try database.discard(unowned)
    if try isNew || database.hasKeys(of: destroyed) { try database.destroy(known) }
  }

  // MARK: Destroying

  /// Destroys the keys of records. It is written where it outlives a restore before this is called.
  ///
  /// - Parameter now: milliseconds since 1970.
  func destroy(_ records: [Identifier], at now: Int64) throws {
    destroyed.formUnion(records)
    cache.removeAll()
    if !untold.isEmpty { try tell() }
    try database.destroy(Dictionary(records.map { ($0, now) }, uniquingKeysWith: min))
  }
}
