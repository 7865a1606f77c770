import Storage

/// Something that contradicts what this device keeps of one of its tenant's logs of knowing
/// (`Protocol/knowing.md`, section 6).
public struct LogFindingSummary: Hashable, Sendable {
  /// Which log: `delivered` or `opened`.
  public let log: String
  /// What was found: `replaced`, `rolled_back`, `split_view`, `unproven`, `row_dropped`,
  /// `bad_signature` or `other_log`.
  public let code: String
  /// When, in milliseconds since 1970 by this device's clock.
  public let foundAt: Int64
  /// How many rows the log has by the checkpoint that is contradicted.
  public let knownSize: UInt64
  /// How many it has by the one that was shown.
  public let shownSize: UInt64
  /// Whether what was shown came from elsewhere, and not from the server as its newest.
  public let isFromElsewhere: Bool

  init(_ finding: KeptLogs.Finding, in kept: KeptLogs) {
    let kind = finding.shown.checkpoint.kind
    log = kind == .delivered ? "delivered" : "opened"
    code = finding.code
    foundAt = finding.foundAt
    let known = finding.known ?? kept.newest.first { $0.checkpoint.kind == kind }
    knownSize = known?.checkpoint.size ?? 0
    shownSize = finding.shown.checkpoint.size
    isFromElsewhere = finding.isFromElsewhere
  }
}
