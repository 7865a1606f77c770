import GRDB
import Replication
import WireProtocol

extension ServerReader {
  /// Opens a tenant's store beside whoever has it open, or nobody.
  ///
  /// - Parameter keys: the records' keys; `nil` for those beside the folder.
  /// - Throws: `StorageError`: `missing`, `newerSchema`, `olderSchema`, `foreignFile`, `damaged`,
  ///   `notAccessible`.
  public convenience init(of directory: String, keys: String? = nil) throws {
    let paths = ServerPaths(directory, keys: keys)
    guard PrivateFiles.exists(paths.database) else { throw StorageError(.missing) }
    let secrets = try TenantKeys(readFrom: paths.keys)
    let database = try DatabaseFile.reader(paths.database, .server)
    let tenant = try StorageError.translating {
      defer { try? database.close() }
      return try database.read { try ServerStore.readTenant($0, secrets) }
    }
    try self.init(tenant: tenant, directory: directory, keys: paths.recordKeys, RecordKeyOptions())
  }
}
