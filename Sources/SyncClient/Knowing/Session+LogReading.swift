import Replication
import Storage
import WireProtocol

/// The logs of knowing, held against what was signed: once the session knows how they stand.
extension Session {
  /// Begins with what was asked for.
  func beginReading(after outcomes: [LogWatch.Outcome]) throws {
    guard var reading = logReading, reading.comparison == nil, reading.inspection == nil else { return }
    for case .advanced(let signed) in outcomes { reading.current.insert(signed.checkpoint.kind) }
    switch reading.wish {
    case .compare(let shown):
      reading.comparison = LogComparison(of: shown)
      logReading = reading
      try compareMore()
    case .inspect:
      let meta = try store.meta()
      let key = try VerifyingKey(bytes: meta.tenantKey)
      let newest = shown(in: outcomes).filter { $0.isSigned(by: key) && $0.checkpoint.tenant == meta.tenant }
      // Who is sent no content is not told how the logs stand either.
      guard !newest.isEmpty else { throw ProtocolError(.notAvailable) }
      let inspection = LogInspection(upTo: newest, kept: meta.logs.all, key: key)
      reading.inspection = inspection
      logReading = reading
      reports.yield(.logs(.inspecting(inspection.standing)))
      try inspectMore()
    }
  }

  /// What the server says is its newest, of each log, whatever was found of it.
  private func shown(in outcomes: [LogWatch.Outcome]) -> [SignedCheckpoint] {
    outcomes.compactMap { outcome in
      switch outcome {
      case .advanced(let signed), .found(_, shown: let signed): signed
      case .stale, .contradicted: nil
      }
    }
  }

  func received(_ answer: WireComparison) throws {
    guard let watch = logs else { return }
    try logReading?.comparison?.receive(answer, watch)
    try compareMore()
  }

  private func compareMore() throws {
    guard let watch = logs, var reading = logReading, var comparison = reading.comparison else { return }
    let question = comparison.request(watch, current: reading.current)
    // Before anything more is asked: what comes of that may end the session.
    let evidence = comparison.outcomes.dropFirst(reading.keptOutcomes).compactMap {
      $0.evidence(beside: watch)
    }
    if !evidence.isEmpty { try store.keep(evidence, at: SystemSource.now) }
    reading.keptOutcomes = comparison.outcomes.count
    reading.comparison = comparison
    logReading = reading
    if let question {
      reports.yield(.logs(.comparing(comparison.outcomes)))
      return try ask { $0.comparison = question }
    }
    logReading = nil
    reports.yield(.logs(.compared(comparison.outcomes)))
  }

  func received(_ page: WireLogPage) throws {
    guard let rows = try logReading?.inspection?.receive(page) else { return }
    // Before the rows: they may be the last that come.
    if let inspection = logReading?.inspection { reports.yield(.logs(.inspecting(inspection.standing))) }
    reports.yield(.logs(.page(rows)))
  }

  /// Whoever gets the rows has done with the last page. From any thread.
  nonisolated func readOn() {
    loop.post {
      self.assumeIsolated { session in
        guard !session.isOver else { return }
        do { try session.inspectMore() } catch { session.end(error) }
      }
    }
  }

  private func inspectMore() throws {
    guard var inspection = logReading?.inspection else { return }
    let question = inspection.request()
    logReading?.inspection = inspection
    if let question { return try ask { $0.log = question } }
    guard inspection.isIdle else { return }
    logReading = nil
    reports.yield(.logs(.inspected(inspection.standing)))
  }

  private func ask(_ fill: (inout WireClientMessage) -> Void) throws {
    let message: [UInt8] = try WireClientMessage.with(fill).serializedBytes()
    traffic.sentBytes += message.count
    client?.send(message)
  }
}
