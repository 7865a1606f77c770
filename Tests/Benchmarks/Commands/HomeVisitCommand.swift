import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// `home-visit`: forty visits of twelve edits each, made without a network, meet two thousand changes that the
/// coordinator made meanwhile in the same records, one in twenty of them in a field that a visit changed too.
///
/// The clock runs from the visitor's reconnecting until both replicas hold everything, on their disks.
struct HomeVisitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "home-visit", abstract: "Exchange a day's work made offline with what the office wrote.")

  @Option(help: "How many times, each with a case of its own.")
  var rounds = 5

  private static let visits = 40
  private static let edits = 12
  private static let officeChanges = 2_000
  private static let shared = 100

  func run() async throws {
    let tenant = try await Tenant()
    let visitor = try await tenant.colleague("visitor")
    var times: [Double] = []
    for _ in 0..<rounds { times.append(try await round(tenant, visitor).milliseconds) }
    tenant.server.stop()
    var figures = Figures("home-visit")
    figures.add("visitor_changes", Self.visits * Self.edits)
    figures.add("office_changes", Self.officeChanges)
    figures.add("conflicts", Self.shared)
    figures.add("converged_p50_ms", times.percentile(0.5))
    figures.add("converged_max_ms", times.max() ?? 0)
    figures.print()
  }

  /// - Returns: how long both took to hold everything.
  private func round(_ tenant: Tenant, _ visitor: Replica) async throws -> Duration {
    let coordinator = tenant.leader
    let records = try await visits(tenant, visitor)
    for (number, record) in records.enumerated() {
      for edit in 0..<Self.edits { try write("seen \(number) \(edit)", edit, of: record, at: visitor) }
    }
    // Apart from the shared ones, in fields that no visit touches.
    for number in 0..<Self.officeChanges {
      let isShared = number < Self.shared
      let record = records[number % records.count]
      let field = isShared ? number / records.count : Self.edits + number % 8
      try write("known \(number)", field, of: record, at: coordinator)
    }
    try await tenant.sync(coordinator)
    let took = try await ContinuousClock().measure {
      try await tenant.sync(visitor)
      try await tenant.sync(coordinator)
    }
    try check(records, at: visitor)
    try check(records, at: coordinator)
    return took
  }

  /// A case in which both take part, with a record for each visit, on both replicas.
  private func visits(_ tenant: Tenant, _ visitor: Replica) async throws -> [CaseRecord] {
    let coordinator = tenant.leader
    let caseID = try tenant.openCase()
    let ids = (0..<Self.visits).map { _ in coordinator.newIdentifier() }
    try coordinator.write(
      [[tenant.participation(of: visitor.profile.person, in: caseID)]]
        + ids.map { [CaseWork.assessment(id: $0, in: caseID, notes: [:], on: coordinator.today())] })
    try await tenant.sync(coordinator)
    try await tenant.sync(visitor)
    let wanted = Set(ids)
    return try visitor.records().filter { wanted.contains($0.id) }
  }

  private func write(_ text: String, _ field: Int, of record: CaseRecord, at replica: Replica) throws {
    var draft = RecordDraft.change(record)
    draft.write(FieldUpdates.field(field), text)
    try replica.write([[draft]])
  }

  /// Exactly the fields that both changed are in conflict, and everything is known to be at the server.
  private func check(_ records: [CaseRecord], at replica: Replica) throws {
    let ids = Set(records.map(\.id))
    let conflicts = RecordConflict.all(in: try replica.records().filter { ids.contains($0.id) })
    guard conflicts.count(where: \.isDisagreement) == Self.shared, try replica.unsent().entries == 0 else {
      throw BenchmarkError(description: "\(conflicts.count) conflicts, not \(Self.shared)")
    }
  }
}
