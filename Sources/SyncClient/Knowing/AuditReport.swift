import Replication

/// What came of reading all of the logs of knowing.
public struct AuditReport: Hashable, Sendable {
  /// What is to be said of each log, as far as it was read.
  public let logs: [AuditedLog]
  /// Why they were not read to their end; `nil` where they were.
  public let brokenOff: ReplicaError?

  /// Whether anything is wrong with a log.
  public var hasFaults: Bool { logs.contains { $0.faultCount > 0 } }

  init(_ standing: LogInspection.Standing?, brokenOff: ReplicaError?) {
    let read = standing?.results.map { AuditedLog($0) } ?? []
    let notShown = standing?.notShown.map { AuditedLog(notShown: $0) } ?? []
    logs = read + notShown
    self.brokenOff = brokenOff
  }
}
