import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// `backlog`: updates made offline by one device and pushed to a server that stores them on disk; then a
/// second, fresh device pulls everything.
struct BacklogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backlog", abstract: "Push 10,000 updates made offline, and pull them on a fresh device.")

  func run() async throws {
    let tenant = try await Tenant()
    let second = try await tenant.secondDevice()
    try await tenant.sync(second)
    let records = try await createRecords(in: tenant)
    try writeUpdates(of: records, in: tenant.leader)
    let clock = ContinuousClock()
    let push = try await clock.measure { try await tenant.sync(tenant.leader) }
    let up = tenant.leader.traffic
    let pull = try await clock.measure { try await tenant.sync(second) }
    let down = second.traffic
    try check(second, has: records)
    tenant.server.stop()
    var figures = Figures("backlog")
    figures.add("updates", FieldUpdates.total)
    figures.add("push_ms", push.milliseconds)
    figures.add("pull_ms", pull.milliseconds)
    figures.add("push_per_s", push.rate(of: FieldUpdates.total))
    figures.add("pull_per_s", pull.rate(of: FieldUpdates.total))
    figures.add("up_bytes", up.sentBytes)
    figures.add("down_bytes", down.receivedBytes)
    figures.add("stored_bytes", try tenant.folder.byteCount(of: "tenant"))
    figures.print()
  }

  private func writeUpdates(of records: [CaseRecord], in device: Replica) throws {
    for (index, record) in records.enumerated() {
      try device.write(
        (0..<FieldUpdates.updatesPerRecord).map { update in
          var draft = RecordDraft.change(record)
          draft.write(FieldUpdates.field(update), FieldUpdates.value(record: index, update: update))
          return [draft]
        })
    }
  }

  /// The clock starts before the second device has seen anything of the records.
  private func createRecords(in tenant: Tenant) async throws -> [CaseRecord] {
    let leader = tenant.leader
    let caseID = try tenant.openCase()
    let ids = (0..<FieldUpdates.records).map { _ in leader.newIdentifier() }
    try leader.write(
      ids.map { [CaseWork.assessment(id: $0, in: caseID, notes: [:], on: leader.today())] })
    let records = Dictionary(uniqueKeysWithValues: try leader.records().map { ($0.id, $0) })
    return ids.compactMap { records[$0] }
  }

  private func check(_ device: Replica, has records: [CaseRecord]) throws {
    let pulled = Dictionary(uniqueKeysWithValues: try device.records().map { ($0.id, $0) })
    for (index, record) in records.enumerated() {
      for update in FieldUpdates.updatesPerRecord - FieldUpdates.fields..<FieldUpdates.updatesPerRecord {
        let text = pulled[record.id]?.text(FieldUpdates.field(update))
        guard text == FieldUpdates.value(record: index, update: update) else {
          throw BenchmarkError(description: "the second device lacks an update")
        }
      }
    }
  }
}
