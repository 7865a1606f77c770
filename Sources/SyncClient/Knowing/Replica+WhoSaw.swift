public import CRDT
import CaseModel
import Replication
import WireProtocol

/// Who came to know.
extension Replica {
  /// Asks the server who was sent some records and who opened them. Each row is shown to stand in the log as
  /// the tenant signed it, and the log to go on from what this device keeps of it.
  ///
  /// - Parameter time: rows that were recorded then or later, in milliseconds since 1970.
  /// - Throws: `ReplicaError`: `offline`; `refused`, with `BAD_SIGNATURE` when a row is not shown to stand in
  ///   the log.
  /// - Complexity: a question a record and log, and one more for each 128 rows
  public nonisolated(nonsending) func whoSaw(
    _ records: [Identifier], since time: Int64, passphrase: @escaping () throws -> String
  ) async throws -> KnowingReport {
    let inquiry = try await ask(.knowing(records, since: time), passphrase) { report in
      if case .knowing(let inquiry) = report { inquiry } else { nil }
    }
    let names = Dictionary(
      try self.records().filter { $0.kind == .person }.map { ($0.id, $0.text(Field.Person.name) ?? "") },
      uniquingKeysWith: { first, _ in first })
    let lines = try inquiry.rows.compactMap { row in
      try KnowingLine(row) { person in
        if person == profile.person { return profile.personName }
        return names[person] ?? person.description
      }
    }
    return KnowingReport(
      lines: lines.sorted { ($0.recordedAt, $0.record) < ($1.recordedAt, $1.record) },
      unavailable: records.filter(inquiry.unavailable.contains), asOf: inquiry.asOf,
      checkpoints: inquiry.checkpoints.map(LogSummary.Checkpoint.init))
  }
}
