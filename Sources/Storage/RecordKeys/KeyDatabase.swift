import CRDT
import Crypto
import GRDB
import WireProtocol

/// The database of a tenant's record keys: a file of its own, with a place and backups of its own, so that
/// a key which is deleted here is gone, whatever copies there are of what it sealed (decision 0040).
///
/// Several processes may have it open: who gives keys to records, who backs it up, who wraps the keys anew.
/// Every transaction that writes, checkpoint, open and close happens under a lock. Used by one thread at a
/// time.
final class KeyDatabase {
  let paths: KeyPaths
  /// Whose keys they are.
  let tenant: Identifier
  let database: DatabaseQueue
  let log: WriteAheadLog
  private let lock: FileLock
  private var wrapping: StoreKeys
  private var durability = Durability.atCommit
  private var mustReopen = false
  private var isClosed = false

  /// Makes an empty key database and its wrapping key. One that is there and never had a key, as a creation
  /// that was interrupted leaves it, is replaced.
  ///
  /// - Throws: `StorageError`: `keysExist` when there is one with keys.
  static func create(_ paths: KeyPaths, tenant: Identifier, _ options: RecordKeyOptions) throws {
    if PrivateFiles.exists(paths.database) {
      let present = try KeyDatabase(paths)
      let wasUsed = try present.wasUsed()
      try present.close()
      guard !wasUsed else { throw StorageError(.keysExist) }
      for suffix in ["", "-wal", "-shm"] { PrivateFiles.remove(paths.database + suffix) }
    }
    try WrappingKeyFile.write(
      try StoreKeys(secrets: [options.draw(0, RecordKey.byteCount)]), to: paths.wrapping)
    try DatabaseFile.create(paths.database, .keys) { db in
      try KeySchema.create(in: db)
      try db.run("INSERT INTO meta (key, value) VALUES ('tenant', ?)", [.blob(tenant)])
    }
  }

  /// Opens a key database.
  ///
  /// - Parameter tenant: whose it must be; `nil` for anybody's.
  /// - Throws: `StorageError`: `keysMissing` when the database or its wrapping key is not there,
  ///   `keysForeign` when they are another tenant's, `foreignFile`, `newerSchema`, `damaged`, `tooOpen`.
  init(_ paths: KeyPaths, tenant expected: Identifier? = nil) throws {
    self.paths = paths
    guard PrivateFiles.exists(paths.database) else { throw StorageError(.keysMissing) }
    wrapping = try WrappingKeyFile.read(paths.wrapping)
    let lock = try FileLock(path: paths.lock)
    self.lock = lock
    log = WriteAheadLog(ofDatabase: paths.database)
    let database = try lock.holding {
      try WriteAheadLog.secure(ofDatabase: paths.database)
      return try DatabaseFile.writer(paths.database, .keys, for: .open)
    }
    self.database = database
    tenant = try StorageError.translating {
      try database.inDatabase { db in
        let tenant = try db.first("SELECT value FROM meta WHERE key = 'tenant'") { try $0.identifier(0) }
        guard let tenant else { throw StorageError(.damaged) }
        return tenant
      }
    }
    database.inDatabase { log.watch($0) }
    guard expected == nil || expected == tenant else {
      try? close()
      throw StorageError(.keysForeign)
    }
  }

  deinit { try? close() }

  /// Copies the log into the database as far as others let it, and closes the files.
  func close() throws {
    guard !isClosed else { return }
    isClosed = true
    try StorageError.translating {
      try lock.holding {
        defer { try? database.close() }
        try database.inDatabase { try log.truncate($0) }
      }
    }
  }

  // MARK: Transactions

  func reading<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try StorageError.translating { try database.inDatabase(body) }
  }

  /// Writes in one transaction under the lock.
  ///
  /// - Throws: `StorageError`, and then nothing is written; after `inputOutput` only who opens the database
  ///   anew knows what is.
  func writing<Result>(_ durability: Durability, _ body: (Database) throws -> Result) throws -> Result {
    guard !mustReopen else { throw StorageError(.mustReopen) }
    do {
      return try StorageError.translating {
        try lock.holding {
          try database.inDatabase { db in
            if durability != self.durability {
              try db.run(durability.statement)
              self.durability = durability
            }
            let result = try db.transaction(.immediate) { try body(db) }
            try log.checkpointIfDue(db)
            return result
          }
        }
      }
    } catch {
      mustReopen = (error as? StorageError)?.code == .inputOutput
      throw error
    }
  }

  /// Cuts the log: what was deleted is in it still, unless somebody reads just then; then the next checkpoint
  /// does it.
  func dropLog() throws {
    try StorageError.translating {
      try lock.holding { try database.inDatabase { try log.truncate($0) } }
    }
  }

  // MARK: Wrapping

  /// The keys of the wrapping file as it is now. A rotation writes it under the lock.
  @discardableResult
  func readWrapping() throws -> StoreKeys {
    wrapping = try WrappingKeyFile.read(paths.wrapping)
    return wrapping
  }

  func wrap(_ secret: [UInt8], of id: RecordKeyID, _ options: RecordKeyOptions) throws -> SealedValue {
    let key = wrapping.current
    return try ValueCipher.seal(
      secret, under: key.sealing, id: key.id, salt: options.salt(), .sealed, at: place(of: id))
  }

  /// - Throws: `foreignKey` when it is wrapped with a key that is not in the wrapping file, `damaged`.
  func unwrap(_ value: SealedValue, of id: RecordKeyID) throws -> [UInt8] {
    // Another process may have wrapped it anew.
    guard let key = try wrapping.key(value.keyID) ?? readWrapping().key(value.keyID) else {
      throw StorageError(.foreignKey)
    }
    let secret = try ValueCipher.open(value, under: key.sealing, at: place(of: id))
    guard secret.count == RecordKey.byteCount else { throw StorageError(.damaged) }
    return secret
  }

  private func place(of id: RecordKeyID) -> [UInt8] {
    var bytes = Array("kos.record-key.v1\u{0}".utf8)
    bytes += tenant.bytes
    withUnsafeBytes(of: id.rawValue.bigEndian) { bytes += $0 }
    return bytes
  }
}
