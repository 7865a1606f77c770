import GRDB

extension ServerStore {
  /// Recomputes every chain, stamp and snapshot and names what is not as it was stored. Commits wait
  /// meanwhile; a `ServerReader` does the same beside them.
  public func verify() -> VerificationReport {
    database.inDatabase { db in
      var verification = ServerVerification(tenant, epochs: epochs, actors: actors, keys: keys)
      verification.run(db)
      return verification.report
    }
  }

  /// How much there is.
  public func counts() throws -> ServerCounts {
    try StorageError.translating { try database.inDatabase { try ServerCounts($0, directory: directory) } }
  }

  /// Opens a connection that only reads. It must be closed before the store is.
  public func openReader() throws -> ServerReader {
    try ServerReader(tenant: tenant, directory: directory, keys: keys.database.paths.database, keys.options)
  }
}

extension ServerCounts {
  init(_ db: Database, directory: String) throws {
    let path = ServerPaths(directory).database
    func number(_ sql: String) throws -> Int { Int(try db.first(sql) { try $0.integer(0) } ?? 0) }
    self.init(
      records: try number("SELECT count(*) FROM record"),
      // Positions have no gaps, so this is their number.
      changes: try db.first(ServerSchema.lastPosition) { Int($0.optionalInteger(0) ?? 0) } ?? 0,
      devices: try number("SELECT count(*) FROM device"),
      accounts: try number("SELECT count(*) FROM account"),
      databaseBytes: PrivateFiles.byteCount(path), logBytes: WriteAheadLog(ofDatabase: path).byteCount)
  }
}
