import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// A house in which somebody's access ends.
struct RevokedHouse {
  static let canary = "canary-of-the-case"

  let house: House
  var exchange: Exchange { house.exchange }

  /// A house whose people hold a note.
  init() throws {
    house = try House()
    try exchange.write([house.note(Self.canary)], at: house.coordinator)
    for station in [house.coordinator, house.psychologist] {
      try exchange.sync(station)
      _ = station.takeReports()
    }
  }

  /// The device of a station, as the server names it.
  func device(of station: Workstation) throws -> Identifier {
    try #require(exchange.server.directory.devices[station.actor]?.id)
  }

  /// Asks something on a session of its own.
  ///
  /// - Returns: what came of it.
  @discardableResult
  func ask(_ request: DeviceRequest, by station: Workstation) throws -> ReplicaMachine.Report? {
    let isConnected = station.connection != nil
    if !isConnected {
      try exchange.connect(station)
      exchange.run()
    }
    _ = station.takeReports()
    try exchange.ask(request, by: station)
    exchange.run()
    let report = station.reports.first
    if !isConnected { exchange.cut(station) }
    return report
  }

  /// Revokes the device of a station.
  @discardableResult
  func revoke(
    _ station: Workstation, as reason: RevocationReason, by asking: Workstation? = nil
  ) throws -> ReplicaMachine.Report? {
    try ask(.revoke(device: device(of: station), reason), by: asking ?? house.leader)
  }

  /// A further device of somebody, up to date.
  func secondDevice(of station: Workstation) throws -> Workstation {
    let invitation = try self.invitation(by: station, to: station)
    let second = try exchange.enrol(station.name + "'s second", with: invitation)
    try exchange.sync(second)
    return second
  }

  /// A code that somebody asked for.
  func invitation(by inviter: Workstation, to station: Workstation) throws -> EnrolmentCode {
    try #require(try asked(by: inviter, to: station), "no code")
  }

  /// A code that somebody asked for; `nil` where she may not.
  func asked(by inviter: Workstation, to station: Workstation) throws -> EnrolmentCode? {
    let role = try #require(exchange.server.directory.account(of: station.person)?.role)
    let (request, code) = exchange.invitation(1, to: role, person: station.person, name: station.name)
    let isConnected = inviter.connection != nil
    if !isConnected { try exchange.connect(inviter) }
    exchange.run()
    _ = inviter.takeReports()
    try exchange.invite(request, by: inviter)
    exchange.run()
    if !isConnected { exchange.cut(inviter) }
    let isMade = inviter.takeReports().contains { if case .invited = $0 { true } else { false } }
    return isMade ? code : nil
  }

  /// What of the case is left on a device: what is shown, the confirmed states and the copies.
  func left(_ station: Workstation) -> [Identifier] {
    let replica = station.replica
    let states = replica.snapshots.values.filter { $0.facts?.caseID == house.caseID }.map(\.record)
    let copies = replica.kept.filter { Bytes.occurs(Self.canary, in: [$0.change.payload]) }
      .map(\.change.header.record)
    return replica.records.map(\.id) + states + copies
  }

  /// How many records a device is still to say that it wiped.
  func owed(_ station: Workstation) -> Int { exchange.server.store.exits(of: station.actor).count }
}
