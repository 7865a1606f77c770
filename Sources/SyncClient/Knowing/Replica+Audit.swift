import CRDT
import CaseModel
import Replication
import Storage
import WireProtocol

/// Reading all of the logs of knowing.
extension Replica {
  /// Reads every row of both logs, and holds them against each checkpoint that this device or the server
  /// keeps. The server gives them out to the data protection officer alone.
  ///
  /// - Parameter onRows: told some rows at a time, how many are read, and of how many; the next are not asked
  ///   for before it returns.
  /// - Returns: what is to be said of each log; also where it broke off, if anything was found before.
  /// - Throws: `ReplicaError`: `refused` with `NOT_AVAILABLE` for everybody else; `offline`.
  /// - Complexity: O(rows) in time, a page in memory
  public nonisolated(nonsending) func auditLogs(
    passphrase: () throws -> String, onRows: ([AuditedLine], UInt64, UInt64) throws -> Void
  ) async throws -> AuditReport {
    let names = Dictionary(
      try self.records().filter { $0.kind == .person }.map { ($0.id, $0.text(Field.Person.name) ?? "") },
      uniquingKeysWith: { first, _ in first })
    func name(_ person: Identifier) -> String {
      person == profile.person ? profile.personName : names[person] ?? person.description
    }
    let keys = try keys(passphrase)
    let lock = try attempt { try SessionLock(home: home) }
    defer { lock?.release() }
    var standing: LogInspection.Standing?
    var end: ReplicaError? = ReplicaError(.offline("closed"))
    try await exchange(keys, timeout: nil, wish: .logs(.inspect)) { report in
      switch report {
      case .logs(.inspecting(let soFar)):
        standing = soFar
        return true
      case .logs(.page(let page)):
        let lines = page.rows.enumerated().compactMap { offset, row in
          AuditedLine(row, at: page.first + UInt64(offset), in: page.kind, name: name)
        }
        try onRows(lines, page.read, page.total)
        session?.readOn()
        return true
      case .logs(.inspected(let all)):
        standing = all
        end = nil
      case .refused(let code), .failed(let code): end = ReplicaError(.refused(name: code.name))
      case .ended(let reason): end = ReplicaError(.offline(reason))
      case .healing: end = ReplicaError(.refused(name: ErrorCode.retry.name))
      default: return true
      }
      return false
    }
    let report = AuditReport(standing, brokenOff: end)
    if let end, !report.hasFaults { throw end }
    return report
  }
}
