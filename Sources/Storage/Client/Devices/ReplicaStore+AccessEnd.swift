import GRDB
import Replication
import WireProtocol

/// The end of a device's access: nothing is shown any more, and nothing stays but what the tenant can read.
extension ReplicaStore {
  /// The device's access ended. Every record that is here leaves its scope: it is wiped in the same
  /// transaction, unless own work in it waits for its verdict; of a stolen device at once, since nothing of
  /// it is taken.
  ///
  /// - Parameter time: milliseconds since 1970 by the server's clock.
  func end(_ end: AccessEnded, at time: Int64) throws {
    let wiped = try writing { db, staged in
      try stage(&staged, db) { $0.accessEnded = end }
      let held = try db.all(
        "SELECT wire, generation FROM record WHERE \(Self.isNotWiped)", []
      ) { HeldRecord(record: try $0.identifier(0), generation: try $0.unsigned(1)) }
      try freeze(held, &staged, db)
      return try wipeExited(at: time, &staged, db)
    }
    if wiped { dropLog() }
  }

  /// How much own work is kept sealed to the tenant.
  public func sealedItemCount() throws -> Int {
    try reading { db in
      Int(try db.first("SELECT count(*) FROM sealed_item", []) { try $0.integer(0) } ?? 0)
    }
  }
}
