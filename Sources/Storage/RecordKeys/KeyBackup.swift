public import CRDT
import GRDB

/// Backups of a tenant's record keys, apart from those of its data: who has one and not the other has
/// nothing. They decide how long what was erased can be brought back by force, so they are dated, and it is
/// written down until when each is kept.
public enum KeyBackup {
  /// What a backup holds.
  public struct Summary: Hashable, Sendable {
    /// When it was made, in milliseconds since 1970.
    public let createdAt: Int64
    /// How many keys there are, those made ahead included.
    public let keys: Int
    /// Of how many records the keys were destroyed.
    public let destroyed: Int
    /// The size of the backup's file, in bytes.
    public let fileBytes: Int
    /// How many days it is to be kept at most.
    public let keptDays: Int
  }

  /// The most days for which a backup may be meant to be kept.
  public static let keptDaysMax = 36_500
  private static let dayMilliseconds: Int64 = 86_400_000

  /// Copies a key database and its wrapping key, opens every key of the copy, and writes it sealed. The
  /// tenant may be served, and the wrapping key rotated, meanwhile.
  ///
  /// - Parameters:
  ///   - directory: the tenant's folder.
  ///   - keys: the key database; `nil` for the one beside the folder.
  ///   - path: the file to make; there must be none.
  ///   - passphrase: what it is sealed with.
  ///   - keptDays: after how many days whoever keeps the file removes it, at the latest.
  ///   - now: milliseconds since 1970.
  /// - Throws: `StorageError`: `keysMissing`, `exists`, `tooLarge` for too many days, `damaged` when a key
  ///   does not open, `diskFull`, `inputOutput`.
  public static func make(
    of directory: String, keys: String? = nil, to path: String, passphrase: String, keptDays: Int,
    at now: Int64
  ) throws -> Summary {
    guard (1...keptDaysMax).contains(keptDays) else { throw StorageError(.tooLarge) }
    guard !PrivateFiles.exists(path) else { throw StorageError(.exists) }
    let database = try KeyDatabase(KeyPaths(ServerPaths(directory, keys: keys).recordKeys))
    defer { try? database.close() }
    let copy = database.paths.backupCopy
    discard(copy)
    defer { discard(copy) }
    let checked: Checked
    do {
      checked = try copyKeys(of: database, to: copy)
    } catch let error as StorageError where error.code == .foreignKey {
      // A rotation ended between the copy of the database and that of the wrapping key.
      discard(copy)
      checked = try copyKeys(of: database, to: copy)
    }
    let temporary = path + ".new"
    PrivateFiles.remove(temporary)
    do {
      try seal(copy, checked, to: temporary, passphrase, keptDays, now)
      try readBack(temporary, passphrase)
      try database.note(KeyBackupMark(createdAt: now, keptUntil: now + Int64(keptDays) * dayMilliseconds))
      try PrivateFiles.rename(temporary, to: path)
    } catch {
      PrivateFiles.remove(temporary)
      throw error
    }
    return Summary(
      createdAt: now, keys: checked.count, destroyed: checked.destroyed,
      fileBytes: PrivateFiles.byteCount(path), keptDays: keptDays)
  }

  /// Restores a backup of keys into a place where there are none. What was destroyed since is destroyed again
  /// when the tenant is opened: its database and its ledger know.
  ///
  /// - Parameter now: milliseconds since 1970.
  /// - Throws: `StorageError`: `missing`, `keysExist` when there are keys, `foreignFile`, `wrongPassphrase`,
  ///   `damaged`, `diskFull`, `inputOutput`.
  public static func restore(
    from path: String, to directory: String, keys: String? = nil, passphrase: String, at now: Int64
  ) throws -> Summary {
    let place = KeyPaths(ServerPaths(directory, keys: keys).recordKeys)
    for file in [place.database, place.database + "-wal"] where PrivateFiles.exists(file) {
      throw StorageError(.keysExist)
    }
    let input = try FileInput(path: path)
    let (header, bytes) = try BackupFile.header(input, of: .keys)
    let staging = KeyPaths(place.database + ".restoring")
    discard(staging)
    defer { discard(staging) }
    try open(input, header, bytes, into: staging, passphrase)
    let database = try KeyDatabase(staging)
    let checked: Checked
    do {
      checked = try check(database)
      try database.noteRestore(of: header.createdAt, keptDays: header.keptDays ?? keptDaysMax, at: now)
      try database.close()
    } catch {
      try? database.close()
      throw error
    }
    // The wrapping key first: a database without it would look like a lost one. Another's is not replaced.
    if PrivateFiles.exists(place.wrapping) {
      guard try PrivateFiles.read(place.wrapping) == checked.wrapping else { throw StorageError(.keysExist) }
    }
    try PrivateFiles.rename(staging.wrapping, to: place.wrapping)
    try PrivateFiles.name(staging.database, as: place.database)
    return Summary(
      createdAt: header.createdAt, keys: checked.count, destroyed: checked.destroyed,
      fileBytes: PrivateFiles.byteCount(path), keptDays: header.keptDays ?? keptDaysMax)
  }

  /// When the last copy is gone of a key that was destroyed: until then a backup of keys has it that was made
  /// before, if it is kept as long as was said.
  ///
  /// - Parameter time: when the key was destroyed, in milliseconds since 1970.
  /// - Returns: milliseconds since 1970; `time` itself when no such backup was made.
  /// - Throws: `StorageError`, such as `keysMissing`.
  public static func lastCopyGone(
    ofKeyDestroyedAt time: Int64, in directory: String, keys: String? = nil
  ) throws -> Int64 {
    let database = try KeyDatabase(KeyPaths(ServerPaths(directory, keys: keys).recordKeys))
    defer { try? database.close() }
    return try database.lastCopyGone(ofKeyDestroyedAt: time)
  }

  /// A record whose key was destroyed.
  public struct DestroyedKey: Sendable {
    /// The record.
    public let record: Identifier
    /// When, in milliseconds since 1970.
    public let destroyedAt: Int64
    /// When the last backup is gone that has it, in milliseconds since 1970.
    public let lastCopyGoneAt: Int64
  }

  /// The records whose keys were destroyed, the latest first.
  ///
  /// - Throws: `StorageError`, such as `keysMissing`.
  public static func destroyedKeys(in directory: String, keys: String? = nil) throws -> [DestroyedKey] {
    let database = try KeyDatabase(KeyPaths(ServerPaths(directory, keys: keys).recordKeys))
    defer { try? database.close() }
    return try database.destroyed().map { record, time in
      DestroyedKey(
        record: record, destroyedAt: time, lastCopyGoneAt: try database.lastCopyGone(ofKeyDestroyedAt: time))
    }.sorted { ($1.destroyedAt, $0.record) < ($0.destroyedAt, $1.record) }
  }

  // MARK: Copying and checking

  private struct Checked {
    let wrapping: [UInt8]
    let count: Int
    let destroyed: Int
  }

  private static func copyKeys(of database: KeyDatabase, to copy: String) throws -> Checked {
    try PrivateFiles.create(copy)
    let source = try DatabaseFile.copier(database.paths.database, .keys)
    try StorageError.translating {
      try source.inDatabase { try $0.execute(sql: "VACUUM INTO ?", arguments: [copy]) }
      try source.close()
    }
    // After the copy was made, so that it opens what a rotation had wrapped anew by then.
    let keys = try WrappingKeyFile.read(database.paths.wrapping)
    try WrappingKeyFile.write(keys, to: KeyPaths(copy).wrapping)
    let copied = try KeyDatabase(KeyPaths(copy))
    defer { try? copied.close() }
    return try check(copied)
  }

  /// Opens every key.
  private static func check(_ database: KeyDatabase) throws -> Checked {
    let whole = try database.reading { db in
      try db.first("PRAGMA integrity_check(1)") { try $0.text(0) } == "ok"
    }
    guard whole else { throw StorageError(.damaged) }
    var count = 0
    try database.reading { db in
      try db.forEach("SELECT id, wrapped FROM record_key") { row in
        _ = try database.unwrap(try row.sealed(1), of: try row.key(0))
        count += 1
      }
    }
    return Checked(
      wrapping: WrappingKeyFile.encode(try database.readWrapping()), count: count,
      destroyed: try database.destroyed().count)
  }

  // MARK: The file

  private static func seal(
    _ copy: String, _ checked: Checked, to path: String, _ passphrase: String, _ keptDays: Int, _ now: Int64
  ) throws {
    let parameters = PassphraseKey.generated()
    var header = BackupFile.Header(
      createdAt: now, position: UInt64(checked.count), databaseBytes: PrivateFiles.byteCount(copy),
      keysBytes: checked.wrapping.count, passphrase: parameters)
    header.format = BackupFile.Kind.keys.rawValue
    header.keptDays = keptDays
    let output = try FileOutput(path: path)
    var writer = try BackupFile.Writer(header, key: try parameters.derive(from: passphrase), to: output)
    try writer.append(checked.wrapping)
    let input = try FileInput(path: copy)
    while case let bytes = try input.read(BackupFile.chunkBytes), !bytes.isEmpty { try writer.append(bytes) }
    try writer.finish()
    try output.finish()
  }

  private static func readBack(_ path: String, _ passphrase: String) throws {
    let input = try FileInput(path: path)
    let (header, bytes) = try BackupFile.header(input, of: .keys)
    var count = 0
    try BackupFile.open(input, bytes, key: try header.passphrase.derive(from: passphrase)) {
      count += $0.count
    }
    guard count == header.keysBytes + header.databaseBytes else { throw StorageError(.damaged) }
  }

  private static func open(
    _ input: FileInput, _ header: BackupFile.Header, _ bytes: [UInt8], into place: KeyPaths,
    _ passphrase: String
  ) throws {
    let output = try FileOutput(path: place.database)
    var wrapping: [UInt8] = []
    var count = 0
    try BackupFile.open(input, bytes, key: try header.passphrase.derive(from: passphrase)) { chunk in
      var chunk = chunk[...]
      let taken = chunk.prefix(max(0, header.keysBytes - wrapping.count))
      wrapping += taken
      chunk = chunk.dropFirst(taken.count)
      count += chunk.count
      try output.write(Array(chunk))
    }
    try output.finish()
    guard wrapping.count == header.keysBytes, count == header.databaseBytes else {
      throw StorageError(.damaged)
    }
    try WrappingKeyFile.write(try WrappingKeyFile.decode(wrapping), to: place.wrapping)
  }

  private static func discard(_ copy: String) { discard(KeyPaths(copy)) }

  private static func discard(_ paths: KeyPaths) {
    for suffix in ["", "-wal", "-shm", "-journal"] { PrivateFiles.remove(paths.database + suffix) }
    for file in [paths.wrapping, paths.wrapping + ".new", paths.lock] { PrivateFiles.remove(file) }
  }
}
