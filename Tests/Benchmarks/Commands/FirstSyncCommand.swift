import ArgumentParser
import CRDT
import CaseModel
import Foundation
import SyncClient
import WireProtocol

/// `first-sync`: a new device gets a tenth of what a large server holds; then another one does, is killed in
/// the middle, and goes on.
struct FirstSyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "first-sync",
    abstract: "A new device gets 20,000 of 200,000 records; another is killed and goes on."
  )

  @Option(help: "How many records the server holds, in 100 cases.")
  var records = 200_000

  private static let cases = 100
  private static let ownCases = 10

  func run() async throws {
    let tenant = try await Tenant()
    let leader = tenant.leader
    let person = leader.newIdentifier()
    let cases = try (0..<Self.cases).map { _ in try tenant.openCase() }
    try leader.write(
      cases.prefix(Self.ownCases).map { caseID in
        [CaseWork.participant(id: leader.newIdentifier(), in: caseID, person: person, role: .coreTeam)]
      })
    try await tenant.sync(leader)
    let work = LargeStock(recordsPerCase: records / Self.cases)
    let fill = try await ContinuousClock().measure { try await work.fill(cases, in: tenant) }
    let wanted = work.recordsPerCase * Self.ownCases
    let code = try await leader.invite(
      role: .coreTeam, person: person, name: "Kollega", case: nil, passphrase: noPassphrase
    ).code
    let before = try tenant.server.residentBytes()
    let home = tenant.folder.path + "/first"
    let whole = try FirstSyncClient.run(home: home, url: tenant.server.url, code: code)
    let extra = try tenant.server.peakResidentBytes() - before
    guard whole.records >= wanted else { throw BenchmarkError(description: "records are missing") }
    let resumed = try await resume(tenant, home: home, after: whole.milliseconds / 3)
    guard resumed.records == whole.records else { throw BenchmarkError(description: "records are missing") }
    tenant.server.stop()
    var figures = Figures("first-sync")
    figures.add("records", work.recordsPerCase * Self.cases)
    figures.add("fill_per_s", fill.rate(of: work.recordsPerCase * Self.cases))
    figures.add("scope", wanted)
    figures.add("sync_ms", whole.milliseconds)
    figures.add("wire_bytes", whole.receivedBytes)
    figures.add("wire_share_of_json", Double(whole.receivedBytes) / Double(wanted * work.jsonBytes))
    figures.add("server_extra_bytes", extra)
    figures.add("client_peak_bytes", whole.peakBytes)
    figures.add("resumed_ms", resumed.milliseconds)
    figures.add("resumed_share_of_wire", Double(resumed.receivedBytes) / Double(whole.receivedBytes))
    figures.print()
  }

  /// Another device of the same person: killed after a while, and started again.
  private func resume(
    _ tenant: Tenant, home: String, after milliseconds: Double
  ) async throws -> FirstSyncClient.Result {
    let replica = try Replica(home: home)
    let code = try await replica.invite(
      role: .coreTeam, person: replica.profile.person, name: "Kollega", case: nil, passphrase: noPassphrase
    ).code
    replica.close()
    let second = tenant.folder.path + "/second"
    try FirstSyncClient.runAndKill(home: second, url: tenant.server.url, code: code, after: milliseconds)
    return try FirstSyncClient.run(home: second, url: nil, code: nil)
  }
}
