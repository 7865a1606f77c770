import GRDB

/// Refuses what SQLite is about to commit, as a full disk does: the ledger has it by then.
final class CommitRefusal: TransactionObserver {
  struct Cut: Error {}
  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
  func databaseDidChange(with event: DatabaseEvent) {}
  func databaseWillCommit() throws { throw DatabaseError(resultCode: .SQLITE_FULL) }
  func databaseDidCommit(_ db: Database) {}
  func databaseDidRollback(_ db: Database) {}
}
