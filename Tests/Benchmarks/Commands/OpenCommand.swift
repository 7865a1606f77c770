import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// `open`: a device that was sent many cases is opened, and shows the first list; then it writes.
struct OpenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open a replica of 1,000 cases and list them; write 10,000 edits on it.")

  @Option(help: "How many cases, each with an assessment.")
  var cases = 1_000

  func run() async throws {
    let tenant = try await Tenant()
    let leader = tenant.leader
    var assessments: [Identifier] = []
    for _ in 0..<cases {
      let id = leader.newIdentifier()
      let caseID = try tenant.openCase()
      try leader.write([[CaseWork.assessment(id: id, in: caseID, notes: [:], on: leader.today())]])
      assessments.append(id)
    }
    try await tenant.sync(leader)
    let device = try await tenant.secondDevice()
    try await tenant.sync(device)
    device.close()
    tenant.server.stop()
    let clock = ContinuousClock()
    var opened: [Double] = []
    var listed: [Double] = []
    for _ in 0..<5 {
      let start = clock.now
      let replica = try Replica(home: device.home)
      opened.append((clock.now - start).milliseconds)
      guard try replica.stock().files.count == cases else {
        throw BenchmarkError(description: "cases are missing")
      }
      listed.append((clock.now - start).milliseconds)
      replica.close()
    }
    let replica = try Replica(home: device.home)
    let wanted = Set(assessments)
    let records = try replica.records().filter { wanted.contains($0.id) }
    let edit = try clock.measure {
      for record in records {
        try replica.write(
          (0..<FieldUpdates.total / cases).map { update in
            var draft = RecordDraft.change(record)
            draft.write(FieldUpdates.field(update), FieldUpdates.value(record: 0, update: update))
            return [draft]
          })
      }
    }
    var figures = Figures("open")
    figures.add("cases", cases)
    figures.add("open_p50_ms", opened.percentile(0.5))
    figures.add("first_list_p50_ms", listed.percentile(0.5))
    figures.add("edit_per_s", edit.rate(of: records.count * (FieldUpdates.total / cases)))
    figures.print()
  }
}
