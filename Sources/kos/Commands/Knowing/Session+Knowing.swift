import SyncClient

/// What a person is told of the logs of knowing.
extension Session {
  /// Tells what contradicts what this device keeps.
  func tellLogs(_ summary: ReplicaSummary) {
    for finding in summary.logFindings { output.notice(line(finding)) }
  }

  /// A finding in a sentence.
  func line(_ finding: LogFindingSummary) -> String {
    let log = output.say(finding.log == "delivered" ? .logOfDelivered : .logOfOpened)
    return output.say(.logFinding, log, what(finding.code), Clock.text(finding.foundAt))
  }

  /// What programs are told.
  func members(_ finding: LogFindingSummary) -> [(String, JSON)] {
    [
      ("log", .string(finding.log)), ("finding", .string(finding.code)),
      ("found_at", .integer(finding.foundAt)), ("known_size", .integer(Int64(clamping: finding.knownSize))),
      ("shown_size", .integer(Int64(clamping: finding.shownSize))),
      ("from_elsewhere", .boolean(finding.isFromElsewhere)),
    ]
  }

  /// What was found, in words.
  func what(_ code: String) -> String {
    switch code {
    case "replaced": output.say(.logReplaced)
    case "split_view": output.say(.logSplit)
    case "rolled_back": output.say(.logRolledBack)
    case "unproven": output.say(.logUnproven)
    case "row_dropped": output.say(.logRowDropped)
    default: output.say(.logForeign)
    }
  }
}
