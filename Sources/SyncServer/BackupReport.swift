import Storage

/// What a backup holds, as far as that was checked: counts and sizes, nothing of content.
public struct BackupReport: Sendable {
  private let summary: ServerBackup.Summary

  init(_ summary: ServerBackup.Summary) { self.summary = summary }

  /// What people are told.
  ///
  /// - Parameter what: what it is about.
  public func text(of what: String) -> String {
    """
    \(what): tenant “\(summary.tenantName)”, \(summary.databaseBytes) bytes of database, \
    \(summary.fileBytes) bytes of backup; checked \(checked.records) records, \(checked.changes) changes and \
    \(checked.entries) entries, all sound. \(ledgerText)
    """
  }

  private var ledgerText: String {
    guard let ledger = summary.ledger else { return "There is no ledger." }
    return "The ledger is sound: \(ledger.entries) entries, \(ledger.unknownEntries) of them since."
  }

  /// Whether there was a ledger, and it is sound.
  public var hasLedger: Bool { summary.ledger != nil }

  /// What programs are told.
  public var json: String {
    #"{"created_at":\#(summary.createdAt),"position":\#(summary.position),"#
      + #""database_bytes":\#(summary.databaseBytes),"file_bytes":\#(summary.fileBytes),"#
      + #""records":\#(checked.records),"changes":\#(checked.changes),"entries":\#(checked.entries),"#
      + #""ledger_entries":\#(ledgerField(summary.ledger?.entries)),"#
      + #""ledger_entries_since":\#(ledgerField(summary.ledger?.unknownEntries))}"#
  }

  private func ledgerField(_ count: UInt64?) -> String { count.map(String.init) ?? "null" }

  private var checked: VerificationReport { summary.verification }
}
