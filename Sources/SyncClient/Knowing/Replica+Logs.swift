import Storage

/// How a replica knows the logs of knowing, and goes on when its person has dealt with what it found.
extension Replica {
  /// Both logs, as this device knows them.
  public func logs() throws -> [LogSummary] {
    try attempt {
      let kept = try store.meta().logs
      return LogSummary.Name.allCases.map { LogSummary($0, in: kept) }
    }
  }

  /// The person has dealt with what was found of a log: it is gone on with from what was shown. What was kept
  /// until then stays, as evidence. What she opened and this device still has is told again.
  ///
  /// - Returns: whether something had been found.
  public func accept(log name: LogSummary.Name) throws -> Bool {
    try attempt { try store.accept(name.kind, at: SystemSource.now) }
  }
}
