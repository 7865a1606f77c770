import Replication
import Storage
import WireProtocol

/// Comparing what this device keeps of the logs of knowing with what somebody brought along.
extension Replica {
  /// Holds what somebody brought along against the tenant's key, against what this device keeps, and has the
  /// server show what lies between. Two histories are kept, as evidence, and stay until the person has dealt
  /// with them.
  ///
  /// - Throws: `ReplicaError`; that the server is not there is told in the result.
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
    for outcome in try await outcomes(signed, meta, key, passphrase, &check) {
      switch outcome {
      case .holds: check.held += 1
      case .unproven: check.unproven += 1
      case .found(let finding, let shown): try take(finding, shown, meta, &check)
      }
    }
    check.findings = Array(Set(check.findings)).sorted { $0.order < $1.order }
    return check
  }

  /// What needs no proof is not asked for.
  private nonisolated(nonsending) func outcomes(
    _ signed: [SignedCheckpoint], _ meta: ReplicaMeta, _ key: VerifyingKey,
    _ passphrase: @escaping () throws -> String, _ check: inout LogCheck
  ) async throws -> [LogComparison.Outcome] {
    var here = LogComparison(of: signed)
    _ = here.request(LogWatch(tenant: meta.tenant, key: key, kept: meta.logs.newest), current: [])
    let open = here.outcomes.compactMap { if case .unproven(let shown) = $0 { shown } else { nil } }
    guard !open.isEmpty else { return here.outcomes }
    do {
      let asked = try await ask(.logs(.compare(open)), passphrase) { report in
        if case .logs(.compared(let outcomes)) = report { outcomes } else { nil }
      }
      return here.outcomes.filter { if case .unproven = $0 { false } else { true } } + asked
    } catch let error as ReplicaError {
      guard case .offline(let reason) = error.code else { throw error }
      check.offline = reason
      return here.outcomes
    }
  }

  private func take(
    _ finding: LogFinding, _ shown: SignedCheckpoint, _ meta: ReplicaMeta, _ check: inout LogCheck
  ) throws {
    switch finding {
    case .splitView: check.findings.append(.splitView)
    case .replaced: check.findings.append(.otherLog)
    case .otherLog, .badSignature: return check.findings.append(.foreignCheckpoint)
    case .unproven, .rolledBack, .rowDropped: check.findings.append(.twoHistories)
    }
    // That the log began anew was explained: its old checkpoints stay what they are.
    if case .replaced = finding, meta.logs.hasSettledReplacement(by: shown) { return }
    try attempt { try store.keep([.contradicted(finding, by: shown)], at: SystemSource.now) }
  }
}
