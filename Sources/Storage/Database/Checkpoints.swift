/// What tests of failing disks ask of a store beside its work.
extension ServerStore {
  /// Has checkpoints from `pages` on, and cuts the log from `bytes` on.
  package func checkpoint(fromPages pages: Int, cuttingFrom bytes: Int) {
    log.schedule = WriteAheadLog.Schedule(passivePages: pages, truncateBytes: bytes)
  }
}

extension ReplicaStore {
  /// Has checkpoints from `pages` on, and cuts the log from `bytes` on.
  package func checkpoint(fromPages pages: Int, cuttingFrom bytes: Int) {
    log.schedule = WriteAheadLog.Schedule(passivePages: pages, truncateBytes: bytes)
  }

  /// Whether SQLite finds the whole file in order, and everything in it can be read.
  package func isWhole() throws -> Bool {
    let isInOrder = try reading { db in
      try db.first("PRAGMA integrity_check(1)") { try $0.text(0) } == "ok"
    }
    for record in try records() { _ = try history(of: record.id) }
    _ = try pendingEntries(after: 0, limit: .max)
    _ = try refused()
    return isInOrder
  }
}
