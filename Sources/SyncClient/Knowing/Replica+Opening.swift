public import CRDT
import Storage

/// What is shown is written down before.
extension Replica {
  /// Writes down that records are about to be shown to this replica's person. It is durable when this
  /// returns, and goes to the log of what was opened with the next session.
  ///
  /// A record that was shown within the hour for the same purpose has its row, and so has the device's own
  /// work that the server does not know yet.
  ///
  /// - Parameter purpose: its code.
  /// - Throws: `ReplicaError`, and then they must not be shown.
  public func open(_ records: [Identifier], for purpose: String) throws {
    guard !records.isEmpty else { return }
    try attempt { try store.open(records, for: purpose, at: now(), drawing: SystemSource.identifier) }
    if let session { session.written() } else { _ = try? Wake.notify(home: home) }
  }

  /// How many rows of what was shown here the server does not have yet.
  public func waitingOpenings() throws -> Int { try attempt { try store.waitingOpenings() } }
}
