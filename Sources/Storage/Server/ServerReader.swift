import CRDT
import GRDB
import Replication
import WireProtocol

/// Reads a server's store beside the connection that writes, as a check or a status page does. It never
/// writes and never checkpoints.
public final class ServerReader: Sendable {
  let database: DatabaseQueue
  private let tenant: Tenant
  private let directory: String
  private let keys: String
  private let options: RecordKeyOptions

  init(tenant: Tenant, directory: String, keys: String, _ options: RecordKeyOptions) throws {
    self.keys = keys
    self.options = options
    self.tenant = tenant
    self.directory = directory
    database = try DatabaseFile.reader(ServerPaths(directory).database, .server)
  }

  /// Recomputes every chain, stamp and snapshot, as of one moment. The log cannot be cut while it runs.
  ///
  /// - Parameter ledger: the ledger's file, whose rows of the logs of knowing are to be those here; without
  ///   it they are held against what was signed alone.
  public func verify(ledger: String? = nil) throws -> VerificationReport {
    let keys = try RecordKeys(keys, tenant: tenant.id, for: .read, options)
    defer { try? keys.close() }
    return try reading { db in
      var epochs = RowNumbers<Identifier>(table: "epoch") { .blob($0) }
      var actors = RowNumbers<ActorID>(table: "actor") { .bits($0) }
      try epochs.loadAll(db) { try $0.identifier(1) }
      try actors.loadAll(db) { try $0.actor(1) }
      var verification = ServerVerification(tenant, epochs: epochs, actors: actors, keys: keys)
      verification.run(db)
      if let ledger, PrivateFiles.exists(ledger) { verification.checkLedgered(ledger, db) }
      return verification.report
    }
  }

  /// How much there is.
  public func counts() throws -> ServerCounts { try reading { try ServerCounts($0, directory: directory) } }

  /// Closes the connection.
  public func close() throws { try StorageError.translating { try database.close() } }

  private func reading<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try StorageError.translating { try database.read(body) }
  }
}
