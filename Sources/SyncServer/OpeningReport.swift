import Storage

/// What opening a tenant came to, for whoever runs the server: counts, nothing of content.
public struct OpeningReport: Hashable, Sendable {
  /// Whether the server was opened without its ledger, and delivers nothing until a leader ends that.
  public let isInRecovery: Bool
  private let ledger: LedgerReport

  init(_ store: ServerStore) {
    isInRecovery = store.isInRecovery
    ledger = store.ledgerReport
  }

  /// What people are told; nothing when there is nothing to tell.
  public var lines: [String] {
    var lines: [String] = []
    if ledger.droppedBytes > 0 {
      lines.append(
        "ledger: dropped a last entry that was not written to its end (\(ledger.droppedBytes) bytes)")
    }
    if ledger.replayedEntries > 0 {
      lines.append("ledger: took in \(ledger.replayedEntries) entries that the database did not know")
    }
    if ledger.missingRecords > 0 {
      lines.append("ledger: \(ledger.missingRecords) of the records that devices hold are not back yet")
    }
    if ledger.takenChanges > 0 {
      lines.append("ledger: \(ledger.takenChanges) changes of rights are back")
    }
    if ledger.erasedChanges > 0 {
      lines.append("ledger: \(ledger.erasedChanges) changes of rights were erased since, and stay so")
    }
    if ledger.lostChanges > 0 {
      lines.append(
        "ledger: \(ledger.lostChanges) changes of rights cannot be taken back, since the log has something "
          + "else in their places: nothing is delivered until a leader has looked who may have access")
    }
    if ledger.beganEpoch { lines.append("the database was set back: a new epoch begins") }
    if isInRecovery {
      lines.append(
        "IN RECOVERY: the ledger is lost, or not all of it could be taken in. What devices push is taken, "
          + "nothing is delivered and nobody enrols until a leader ends it with: kos recovery end")
    }
    return lines
  }
}
