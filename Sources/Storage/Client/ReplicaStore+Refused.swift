import GRDB

extension ReplicaStore {
  /// Notes that the author of an own entry that was refused lets go of it.
  ///
  /// - Parameter number: its row, which is the number of the entry in `refused()`.
  /// - Returns: whether it was one that was refused.
  /// - Throws: `StorageError`, and then nothing is stored.
  public func forgetRefused(row number: UInt64) throws -> Bool {
    try writing { db, _ in
      let found = try db.first("SELECT number FROM entry WHERE number = ? AND status = 2", [.bits(number)]) {
        try $0.unsigned(0)
      }
      guard found != nil else { return false }
      try set(.withdrawn, number, db)
      return true
    }
  }
}
