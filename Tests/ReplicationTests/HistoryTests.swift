import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// A record's whole history, asked for on demand.
@Suite struct HistoryTests {
  private func histories(_ station: Workstation) -> [RecordHistory] {
    station.takeReports().compactMap { if case .history(let history) = $0 { history } else { nil } }
  }

  @Test func itTellsWhoWroteWhatFromWhichDeviceAndWhatStoodThereBefore() throws {
    let house = try House()
    let exchange = house.exchange
    let field = Field.Assessment.childNotes
    for (text, station) in [("first", house.leader), ("second", house.psychologist)] {
      try exchange.sync(station)
      try exchange.write([house.annotation(field, text, at: station)], at: station)
      try exchange.sync(station)
    }
    // The coordinator has the state alone and none of the changes.
    try exchange.connect(house.coordinator)
    exchange.run()
    _ = house.coordinator.takeReports()
    try exchange.readHistories(of: [house.assessment], by: house.coordinator)
    exchange.run()
    let history = try #require(histories(house.coordinator).first)
    let lines = try history.lines()
    #expect(lines.map(\.isCreation) == [true, false, false] && lines.allSatisfy { $0.isAccepted })
    let edits = lines.dropFirst().compactMap { $0.edits.first { $0.field.field == field.id } }
    #expect(edits.map(\.before) == [[], [.text("first")]])
    #expect(edits.map(\.after) == [[.text("first")], [.text("second")]])
    #expect(history.devices.values.map(\.name).sorted() == ["Lene", "Poul"])
    let snapshot = try #require(house.coordinator.replica.snapshots[house.assessment])
    #expect(history.explains(snapshot, tenant: house.coordinator.replica.tenant))
  }

  @Test func whatWasAlteredOrLeftOutDoesNotExplainTheState() throws {
    let house = try House()
    try house.exchange.connect(house.coordinator)
    house.exchange.run()
    try house.exchange.readHistories(of: [house.assessment], by: house.coordinator)
    house.exchange.run()
    let history = try #require(histories(house.coordinator).first)
    let snapshot = try #require(house.coordinator.replica.snapshots[house.assessment])
    let tenant = house.coordinator.replica.tenant
    #expect(history.explains(snapshot, tenant: tenant))
    let first = try #require(history.changes.first)
    var payload = try #require(first.payload)
    payload[0] ^= 1
    let altered = DeliveredChange(
      header: first.header, payload: payload, receivedAt: first.receivedAt, seal: first.seal)
    for changes in [[altered] + history.changes.dropFirst(), Array(history.changes.dropLast()), []] {
      let other = RecordHistory(record: history.record, changes: changes, devices: [:])
      #expect(!other.explains(snapshot, tenant: tenant))
    }
  }

  @Test func itComesInPagesAndForSeveralRecords() throws {
    let house = try House()
    let exchange = house.exchange
    let text = denseText(30_000)
    for round in 0..<9 {
      try exchange.write(
        [house.annotation(Field.Assessment.childNotes, "\(round)" + text, at: house.leader)], at: house.leader
      )
      try exchange.sync(house.leader)
    }
    try exchange.connect(house.coordinator)
    exchange.run()
    _ = exchange.takeLines(house.coordinator)
    _ = house.coordinator.takeReports()
    try exchange.readHistories(of: [house.assessment, house.caseID], by: house.coordinator)
    exchange.run()
    let all = histories(house.coordinator)
    #expect(all.map(\.record) == [house.assessment, house.caseID] && all[0].changes.count == 10)
    let pages = exchange.takeLines(house.coordinator).filter { $0.hasPrefix("< history") }
    #expect(pages.count == 4 && pages.count { $0.hasSuffix("more") } == 2)
  }

  /// What is not there and what one may not read look alike, and the session goes on.
  @Test func whoMayNotReadARecordIsToldThatItIsNotThere() throws {
    let house = try House()
    let exchange = house.exchange
    let outsider = try exchange.newcomer("Udenfor", as: .coreTeam)
    try exchange.connect(outsider)
    exchange.run()
    _ = exchange.takeLines(outsider)
    _ = outsider.takeReports()
    let nothing = exchange.identifier()
    try exchange.readHistories(of: [house.assessment, nothing], by: outsider)
    exchange.run()
    #expect(
      exchange.takeLines(outsider) == [
        "> history after 0", "< refusal NOT_AVAILABLE", "> history after 0", "< refusal NOT_AVAILABLE",
      ])
    #expect(outsider.takeReports() == [.noHistory(house.assessment), .noHistory(nothing)])
  }
}
