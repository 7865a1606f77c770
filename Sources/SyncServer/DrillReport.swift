/// What a drill found, and how long it took.
public struct DrillReport: Sendable {
  private let backup: BackupReport
  private let file: String
  private let ageSeconds: Int64
  private let took: Duration

  init(_ backup: BackupReport, file: String, createdAt: Int64, took: Duration, now: Int64) {
    self.backup = backup
    self.file = file
    self.took = took
    ageSeconds = max(0, now - createdAt) / 1_000
  }

  /// What people are told.
  public var text: String {
    """
    \(backup.text(of: "Drill of \(file)"))
    It was restored in \(milliseconds) ms and removed again; the backup is \(ageSeconds) seconds old.\
    \(backup.hasLedger ? "" : " Without the ledger the tenant would be in recovery.")
    """
  }

  /// What programs are told.
  public var json: String {
    #"{"took_ms":\#(milliseconds),"age_seconds":\#(ageSeconds),"backup":\#(backup.json)}"#
  }

  private var milliseconds: Int64 {
    took.components.seconds * 1_000 + took.components.attoseconds / 1_000_000_000_000_000
  }
}
