import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// A server that lost its ledger: it takes what is pushed, and delivers nothing until a leader ends that.
@Suite struct RecoveryTests {
  private func endRecovery(_ station: Workstation, _ exchange: Exchange) throws {
    try exchange.connect(station)
    exchange.run()
    _ = station.takeReports()
    try exchange.endRecovery(by: station)
    exchange.run()
  }

  @Test func workIsTakenAndNothingIsDelivered() throws {
    let house = try House()
    let exchange = house.exchange
    exchange.server.beginRecovery()
    try exchange.write([house.note("taken in recovery")], at: house.coordinator)
    _ = house.coordinator.takeReports()
    let lines = try exchange.sync(house.coordinator)
    #expect(lines.contains("< verdicts 1"))
    #expect(house.coordinator.takeReports() == [.opened, .serverRecovers])
    _ = house.psychologist.takeReports()
    try exchange.sync(house.psychologist)
    #expect(house.psychologist.takeReports() == [.opened, .serverRecovers])
    #expect(house.psychologist.texts(.note, Field.Note.text).isEmpty)
    try exchange.connect(house.psychologist)
    exchange.run()
    try exchange.readHistories(of: [house.assessment], by: house.psychologist)
    exchange.run()
    #expect(house.psychologist.takeReports().contains(.noHistory(house.assessment)))
  }

  @Test func aLeaderEndsItAndNobodyElse() throws {
    let house = try House()
    let exchange = house.exchange
    exchange.server.beginRecovery()
    try exchange.write([house.note("taken in recovery")], at: house.coordinator)
    try exchange.sync(house.coordinator)
    try endRecovery(house.coordinator, exchange)
    #expect(house.coordinator.takeReports() == [.refused(request: 1, .notPermitted)])
    #expect(exchange.server.directory.isInRecovery)
    try endRecovery(house.leader, exchange)
    #expect(house.leader.takeReports().contains(.endedRecovery(request: 1)))
    #expect(!exchange.server.directory.isInRecovery)
    // Whoever was connected is told to come again.
    #expect(house.coordinator.takeReports().contains(.failed(.retry)))
    for station in [house.coordinator, house.psychologist] {
      try exchange.sync(station)
      #expect(station.takeReports().last == .upToDate)
      #expect(station.texts(.note, Field.Note.text) == ["taken in recovery"])
    }
  }

  @Test func aStatementOfAnotherEpochOrKeyEndsNothing() throws {
    let house = try House()
    let exchange = house.exchange
    exchange.server.beginRecovery()
    for change in 0..<4 {
      exchange.onFrame = { frame in
        guard frame.direction == .toServer,
          var message = try? WireClientMessage(serializedBytes: frame.bytes),
          case .recoveryEnd(var end)? = message.body,
          var statement = try? WireRecoveryStatement(serializedBytes: end.statement)
        else { return [frame] }
        switch change {
        case 0: statement.epoch = .init(Identifier(high: 1, low: 1).bytes)
        case 1: statement.actor &+= 1
        case 2: statement.tenant = .init(Identifier(high: 1, low: 1).bytes)
        default: end.signature = .init(repeating: 7, count: 64)
        }
        end.statement = (try? statement.serializedBytes()) ?? end.statement
        message.recoveryEnd = end
        let forged: [UInt8] = (try? message.serializedBytes()) ?? []
        return [Frame(connection: frame.connection, direction: .toServer, bytes: forged)]
      }
      try endRecovery(house.leader, exchange)
      #expect(house.leader.takeReports().contains(.refused(request: 1, .badSignature)), "\(change)")
      #expect(exchange.server.directory.isInRecovery)
      exchange.onFrame = { [$0] }
    }
  }

  @Test func nobodyEnrolsAndNobodyInvites() throws {
    let house = try House()
    let exchange = house.exchange
    let (request, code) = exchange.invitation(
      4, to: .coreTeam, person: exchange.identifier(), name: "Nora")
    try exchange.connect(house.leader)
    exchange.run()
    try exchange.invite(request, by: house.leader)
    exchange.run()
    exchange.server.beginRecovery()
    #expect(throws: (any Error).self) { _ = try exchange.enrol("Nora", with: code) }
    try exchange.connect(house.leader)
    exchange.run()
    _ = house.leader.takeReports()
    let (another, _) = exchange.invitation(5, to: .coreTeam, person: exchange.identifier(), name: "Ole")
    try exchange.invite(another, by: house.leader)
    exchange.run()
    #expect(house.leader.takeReports() == [.refused(request: 5, .inRecovery)])
  }
}
