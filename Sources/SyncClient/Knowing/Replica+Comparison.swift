import Replication
import Storage
import WireProtocol

/// Comparing what this device keeps of the logs of knowing with what somebody brought along.
extension Replica {
  /// Holds what somebody brought along against the tenant's key, against what this device keeps, and has the
  /// server show what lies between. Two histories are kept, as evidence, and stay until the person has dealt
  /// with them: what shows without the server before it is asked, so that no answer gets it around that.
  ///
  /// - Throws: `ReplicaError`; that the server shows nothing, for whatever reason, is told in the result.
  public nonisolated(nonsending) func check(
    _ evidence: LogEvidence, passphrase: @escaping () throws -> String
  ) async throws -> LogCheck {
    let meta = try attempt { try store.meta() }
    let key = try attempt { try VerifyingKey(bytes: meta.tenantKey) }
    let (signed, isWhole) = evidence.signed(tenant: meta.tenant, key: key)
    var check = LogCheck()
    if !isWhole { check.findings.append(.foreignCheckpoint) }
    let rows = evidence.unproven(in: signed)
    if rows > 0 { check.findings.append(.unprovenRows(rows)) }
    let here = try outcomes(of: signed, LogWatch(tenant: meta.tenant, key: key, kept: meta.logs.newest))
    for outcome in here { check.take(outcome) }
    let open = here.compactMap { if case .unproven(let shown) = $0 { shown } else { nil } }
    if !open.isEmpty {
      check.unproven = 0
      for outcome in try await answers(about: open, passphrase, &check) { check.take(outcome) }
    }
    let kept = try attempt { try store.meta().logs.all }
    check.isKept = check.contradictions.contains { kept.contains($0) }
    check.findings = Array(Set(check.findings)).sorted { $0.order < $1.order }
    return check
  }

  /// What shows without the server, and is kept.
  private func outcomes(of signed: [SignedCheckpoint], _ watch: LogWatch) throws -> [LogComparison.Outcome] {
    var comparison = LogComparison(of: signed)
    _ = comparison.request(watch, current: [])
    let evidence = comparison.outcomes.compactMap { $0.evidence(beside: watch) }
    if !evidence.isEmpty { try attempt { try store.keep(evidence, at: SystemSource.now) } }
    return comparison.outcomes
  }

  /// What the server shows of the rest, as far as it answers.
  private nonisolated(nonsending) func answers(
    about open: [SignedCheckpoint], _ passphrase: @escaping () throws -> String, _ check: inout LogCheck
  ) async throws -> [LogComparison.Outcome] {
    var outcomes: [LogComparison.Outcome] = []
    do {
      outcomes = try await ask(.logs(.compare(open)), passphrase) { report -> [LogComparison.Outcome]? in
        switch report {
        case .logs(.comparing(let soFar)):
          outcomes = soFar
          return nil
        case .logs(.compared(let all)): return all
        default: return nil
        }
      }
    } catch {
      check.offline = try reason(error, check, outcomes)
    }
    let told = Set(outcomes.map(\.shown))
    return outcomes + open.filter { !told.contains($0) }.map { LogComparison.Outcome.unproven($0) }
  }

  /// Why the server showed nothing more. What went wrong on this device is told as that, unless it would keep
  /// back what was found.
  private func reason(
    _ error: any Error, _ check: LogCheck, _ outcomes: [LogComparison.Outcome]
  ) throws -> String {
    let reason = ReplicaError(error)
    switch reason.code {
    case .offline(let text), .refused(let text): return text
    default:
      let isFound = outcomes.contains { if case .found = $0 { true } else { false } }
      guard isFound || !check.findings.isEmpty else { throw error }
      return reason.description
    }
  }
}

extension LogCheck {
  /// Counts what came of a checkpoint.
  fileprivate mutating func take(_ outcome: LogComparison.Outcome) {
    switch outcome {
    case .holds: held += 1
    case .unproven: unproven += 1
    case .found(let finding, let shown):
      switch finding {
      case .splitView: findings.append(.splitView)
      case .replaced: findings.append(.otherLog)
      case .otherLog, .badSignature: findings.append(.foreignCheckpoint)
      case .unproven, .rolledBack, .rowDropped: findings.append(.twoHistories)
      }
      if findings.last == .splitView || findings.last == .twoHistories { contradictions.append(shown) }
    }
  }
}
