import ArgumentParser
import CRDT
import CaseModel
import SyncClient
import WireProtocol

/// `overhead`: what a person's own write costs beside a plain SQLite insert, both on the disk when they return.
struct OverheadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "overhead", abstract: "A local write, chained and signed, beside a plain SQLite insert.")

  @Option(help: "How many writes.")
  var writes = 1_000

  func run() async throws {
    let tenant = try await Tenant()
    let leader = tenant.leader
    let caseID = try tenant.openCase()
    let id = leader.newIdentifier()
    try leader.write([[CaseWork.assessment(id: id, in: caseID, notes: [:], on: leader.today())]])
    try await tenant.sync(leader)
    guard let record = try leader.records().first(where: { $0.id == id }) else {
      throw BenchmarkError(description: "the record is not there")
    }
    let table = try BareTable(path: tenant.folder.path + "/bare.db")
    let changes = plainChanges()
    let key = try SigningKey(secret: IdleDevice.randomBytes())
    var ours: [Double] = []
    var bare: [Double] = []
    let clock = ContinuousClock()
    // By turns, so that both have the same disk.
    for index in 0..<writes {
      ours.append(
        try clock.measure {
          var draft = RecordDraft.change(record)
          draft.write(FieldUpdates.field(0), FieldUpdates.value(record: 0, update: index))
          try leader.write([[draft]])
          // A push signs once for all that it carries; here each write is one.
          _ = key.sign(changes[index].payload, for: .push)
        }.milliseconds)
      bare.append(try clock.measure { try table.insert(changes[index...index]) }.milliseconds)
    }
    tenant.server.stop()
    var figures = Figures("overhead")
    figures.add("writes", writes)
    figures.add("write_p50_ms", ours.percentile(0.5))
    figures.add("bare_p50_ms", bare.percentile(0.5))
    figures.add("ratio", ours.percentile(0.5) / bare.percentile(0.5))
    figures.print()
  }

  private func plainChanges() -> [EncodedChange] {
    let record = Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
    return (0..<writes).map { index in
      let value = FieldUpdates.value(record: 0, update: index)
      let payload = Payload(
        salt: record, operations: [Operation(field: FieldUpdates.field(0).id, action: .assign(.text(value)))])
      let header = ChangeHeader(
        record: record, id: ChangeID(actor: ActorID(rawValue: 1), number: UInt64(index + 1)), author: record,
        writtenAt: 1_600_000_000_000, version: VersionVector())
      return EncodedChange(header: header, payload: payload.encoded)
    }
  }
}
