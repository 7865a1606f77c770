public import CRDT
import Replication

extension ServerBackup {
  /// The file of the newest verified backup of a tenant, as far as its folder says.
  ///
  /// - Throws: `missing` when none was made, `damaged`.
  public static func newest(of directory: String) throws -> String {
    guard let newest = try BackupMarks.files(ServerPaths(directory).backups).last else {
      throw StorageError(.missing)
    }
    return newest
  }

  /// Restores a backup into a folder of its own, opens it as a server would, and removes it again. Nothing
  /// else is written: the ledger is copied before it is replayed.
  ///
  /// - Parameters:
  ///   - path: the backup's file.
  ///   - scratch: the folder to use; there must be none, or one that a drill left when it was killed.
  ///   - ledger: the tenant's ledger; `nil` for none.
  ///   - keys: the records' keys, which are read and not changed.
  ///   - epoch: what the new epoch is called: 16 random bytes.
  /// - Throws: `StorageError` as `restore`, when the backup could not be restored.
  public static func drill(
    from path: String, in scratch: String, ledger: String?, keys: String, passphrase: String,
    epoch: Identifier, progress: (Step) -> Void = { _ in }
  ) throws -> Summary {
    let copy = scratch + "/ledger"
    func discard() {
      PrivateFiles.remove(copy)
      PrivateFiles.remove(copy + ".new")
      discardStaging(scratch)
    }
    discard()
    guard !PrivateFiles.exists(scratch) else { throw StorageError(.exists) }
    try PrivateFiles.makeDirectory(scratch)
    defer { discard() }
    progress(.opening)
    let header = try open(path, into: ServerPaths(scratch), passphrase)
    progress(.verifying)
    let checked = try check(
      ServerPaths(scratch).database, try TenantKeys(readFrom: ServerPaths(scratch).keys), recordKeys: keys)
    let ledgerCheck = try ledger.flatMap { try checkLedger($0, beside: checked) }
    if let ledger, ledgerCheck != nil { try copyFile(ledger, to: copy) }
    progress(.replaying)
    let store = try ServerStore(
      directory: scratch, ledger: copy, keys: RecordKeyOptions(path: keys), for: .read, isRestored: true)
    do {
      try store.beginEpoch(epoch)
      _ = try store.load()
    } catch {
      try? store.close()
      throw error
    }
    try store.close()
    progress(.done)
    return Summary(
      tenantName: checked.tenant.name, createdAt: header.createdAt, position: checked.position,
      databaseBytes: header.databaseBytes, fileBytes: PrivateFiles.byteCount(path),
      verification: checked.report, ledger: ledgerCheck)
  }

  private static func copyFile(_ path: String, to copy: String) throws {
    let input = try FileInput(path: path)
    let output = try FileOutput(path: copy)
    while case let bytes = try input.read(1 << 20), !bytes.isEmpty { try output.write(bytes) }
    try output.finish()
  }
}
