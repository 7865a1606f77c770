import ArgumentParser
import CRDT
import CaseModel
import SyncClient
import WebSocketTransport

/// `revocation`: two partners' parts in a case of five thousand records end. One is connected, and is to be
/// told at once what to wipe; the other connects afterwards, wipes, and says so.
///
/// The first clock starts before the leader connects to send the change, and ends when her exchange is over
/// and the last order has come; the second is the partner's whole exchange, with a replica on a disk.
struct RevocationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revocation", abstract: "Time the end of a partner's access to a large case.")

  @Option(help: "How many records the case has.")
  var records = 5_000
  @Option(help: "How many records other cases have, which nobody of them may read.")
  var others = 20_000
  @Option(help: "How many times, each with a case of its own.")
  var rounds = 3

  func run() async throws {
    let tenant = try await Tenant()
    let loop = try Tenant.loop()
    let partner = try await tenant.colleague("partner")
    let outside = try tenant.openCase()
    try await tenant.sync(tenant.leader)
    try await LargeStock(recordsPerCase: others).fill([outside], in: tenant)
    var (orders, wipes): ([Double], [Double]) = ([], [])
    for _ in 0..<rounds {
      let (ordered, wiped) = try await round(tenant, partner, loop)
      orders.append(ordered.milliseconds)
      wipes.append(wiped.milliseconds)
    }
    await loop.shutdown()
    tenant.server.stop()
    var figures = Figures("revocation")
    figures.add("records", records)
    figures.add("others", others)
    figures.add("ordered_p50_ms", orders.percentile(0.5))
    figures.add("ordered_max_ms", orders.max() ?? 0)
    figures.add("wiped_p50_ms", wipes.percentile(0.5))
    figures.add("wiped_max_ms", wipes.max() ?? 0)
    figures.print()
  }

  /// - Returns: how long until the connected partner was told, and how long the other one took to wipe.
  private func round(
    _ tenant: Tenant, _ partner: Replica, _ loop: ServiceLoop
  ) async throws -> (ordered: Duration, wiped: Duration) {
    let leader = tenant.leader
    let caseID = try tenant.openCase()
    let connected = leader.newIdentifier()
    let parts = [partner.profile.person, connected].map { tenant.participation(of: $0, in: caseID) }
    try leader.write(parts.map { [$0] })
    try await tenant.sync(leader)
    try await LargeStock(recordsPerCase: records).fill([caseID], in: tenant)
    try await tenant.sync(partner)
    let light = try await tenant.lightDevice(of: connected, as: .coreTeam, loop: loop)
    let device = try await LightDevice(light, url: tenant.server.url, loop: loop)
    try await device.upToDate()
    guard try held(caseID, by: partner) >= records, device.delivered >= records else {
      throw BenchmarkError(description: "the partners were not sent the case")
    }
    let ids = Set(parts.map(\.id))
    for part in try leader.records() where ids.contains(part.id) {
      try leader.write([[CaseWork.end(participant: part, on: leader.today())]])
    }
    let clock = ContinuousClock()
    let start = clock.now
    try await tenant.sync(leader)
    while device.exited < records { try await device.takeMessage() }
    let ordered = clock.now - start
    await device.close()
    let wiped = try await clock.measure { try await tenant.sync(partner) }
    guard try held(caseID, by: partner) == 0 else {
      throw BenchmarkError(description: "the partner still holds records")
    }
    return (ordered, wiped)
  }

  private func held(_ caseID: Identifier, by replica: Replica) throws -> Int {
    try replica.records().count { $0.caseID == caseID }
  }
}
