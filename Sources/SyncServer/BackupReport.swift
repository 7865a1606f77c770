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
    \(checked.entries) entries, all sound.
    """
  }

  /// What programs are told.
  public var json: String {
    #"{"created_at":\#(summary.createdAt),"position":\#(summary.position),"#
      + #""database_bytes":\#(summary.databaseBytes),"file_bytes":\#(summary.fileBytes),"#
      + #""records":\#(checked.records),"changes":\#(checked.changes),"entries":\#(checked.entries)}"#
  }

  private var checked: VerificationReport { summary.verification }
}
