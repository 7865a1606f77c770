import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// Who may end whose access, what becomes of codes, and how somebody is let in again.
@Suite struct EndingTests {
  @Test func nobodyEndsWhatIsNotHersAndErrorsTellNothing() throws {
    let place = try RevokedHouse()
    let (leader, coordinator, psychologist) = (
      place.house.leader, place.house.coordinator, place.house.psychologist
    )
    let refused = ReplicaMachine.Report.refused(request: 1, .notPermitted)
    // Not one's own, of a reason that is not one's own to give, and not there at all.
    #expect(try place.revoke(leader, as: .stolen, by: coordinator) == refused)
    #expect(try place.revoke(coordinator, as: .stolen, by: psychologist) == refused)
    #expect(try place.revoke(psychologist, as: .left, by: psychologist) == refused)
    #expect(try place.revoke(psychologist, as: .replaced, by: leader) == refused)
    let nothing = place.exchange.identifier()
    #expect(try place.ask(.revoke(device: nothing, .stolen), by: leader) == refused)
    #expect(try place.ask(.end(person: nothing, .left), by: leader) == refused)
    // Nobody ends her own account.
    #expect(try place.ask(.end(person: leader.person, .left), by: leader) == refused)
    #expect(try place.ask(.end(person: psychologist.person, .stolen), by: psychologist) == refused)
    // Nor the tenant's last leader's device, while a second one is free to go.
    #expect(try place.revoke(leader, as: .replaced, by: leader) == refused)
    let second = try place.exchange.newcomer("Lis", as: .leader)
    try place.exchange.sync(second)
    #expect(try place.revoke(leader, as: .replaced, by: leader) == .revoked(request: 1, devices: 1))
    #expect(try place.revoke(second, as: .replaced, by: second) == refused)
    #expect(place.exchange.server.directory.revocations.count == 1)
  }

  /// A coordinator ends those whom she invited.
  @Test func whoInvitedMayEnd() throws {
    let place = try RevokedHouse()
    let (coordinator, exchange) = (place.house.coordinator, place.exchange)
    try exchange.connect(coordinator)
    let (request, code) = exchange.invitation(
      1, to: .parent, person: exchange.identifier(), name: "Mor", case: place.house.caseID)
    exchange.run()
    try exchange.invite(request, by: coordinator)
    exchange.run()
    exchange.cut(coordinator)
    let mother = try exchange.enrol("Mor", with: code)
    let refused = ReplicaMachine.Report.refused(request: 1, .notPermitted)
    #expect(try place.revoke(mother, as: .left, by: place.house.psychologist) == refused)
    #expect(
      try place.ask(.end(person: mother.person, .left), by: coordinator) == .revoked(request: 1, devices: 1))
  }

  /// Whoever has the device may have asked for a code with it that nobody used yet.
  @Test func aCodeThatItAskedForIsGoodForNothing() throws {
    let place = try RevokedHouse()
    let station = place.house.psychologist
    let second = try place.secondDevice(of: station)
    let code = try place.invitation(by: station, to: station)
    try place.revoke(station, as: .stolen, by: second)
    #expect(throws: ProtocolError(.codeRefused)) { try place.exchange.enrol("the thief's", with: code) }
    // She asks for another.
    let another = try place.invitation(by: second, to: second)
    _ = try place.exchange.enrol("her third", with: another)
  }

  @Test func anEndedPersonMayNothingWithWhateverDevice() throws {
    let place = try RevokedHouse()
    let (house, exchange) = (place.house, place.exchange)
    let station = house.psychologist
    let second = try place.secondDevice(of: station)
    let code = try place.invitation(by: station, to: station)
    try exchange.connect(second)
    exchange.run()
    let ended = try place.ask(.end(person: station.person, .left), by: house.leader)
    #expect(ended == .revoked(request: 1, devices: 2))
    exchange.cut(second)
    for device in [station, second] {
      try exchange.sync(device)
      #expect(place.left(device).isEmpty && place.owed(device) == 0)
      #expect(device.takeReports().contains(.accessEnded))
    }
    #expect(throws: ProtocolError(.codeRefused)) { try exchange.enrol("a third", with: code) }
    #expect(exchange.server.governing.role(of: station.person) == nil)
    // What she did not end goes on.
    try exchange.sync(house.coordinator)
    #expect(house.coordinator.takeReports().last == .upToDate)
  }

  /// Her only device is gone: somebody who might end her lets her in again, as herself.
  @Test(arguments: [true, false]) func whoHasNoDeviceLeftIsLetInAgain(endsAccount: Bool) throws {
    let place = try RevokedHouse()
    let (house, exchange) = (place.house, place.exchange)
    let station = house.psychologist
    #expect(try place.asked(by: house.leader, to: station) == nil)
    if endsAccount {
      try place.ask(.end(person: station.person, .left), by: house.leader)
    } else {
      try place.revoke(station, as: .stolen)
    }
    #expect(try place.asked(by: house.coordinator, to: station) == nil)
    let code = try place.invitation(by: house.leader, to: station)
    let fresh = try exchange.enrol("Poul's new one", with: code)
    #expect(fresh.replica.membership.account == station.replica.membership.account)
    try exchange.sync(fresh)
    #expect(fresh.texts(.note, Field.Note.text) == [RevokedHouse.canary])
    try exchange.write([house.note("back at work")], at: fresh)
    try exchange.sync(fresh)
    #expect(fresh.replica.refused.isEmpty)
    #expect(exchange.server.governing.role(of: station.person) == .coreTeam)
    // The old one stays where it is.
    try exchange.sync(station)
    #expect(place.left(station).isEmpty)
  }

  @Test func theDirectoryTellsOneselfAndWhomOneMayEnd() throws {
    let place = try RevokedHouse()
    let (leader, coordinator) = (place.house.leader, place.house.coordinator)
    _ = try place.secondDevice(of: coordinator)
    try place.revoke(place.house.psychologist, as: .stolen)
    guard case .listed(let all)? = try place.ask(.list, by: leader) else {
      Issue.record("no list")
      return
    }
    #expect(all.first?.person == leader.person)
    #expect(Set(all.map(\.name)) == ["Lene", "Karin", "Poul"])
    let karin = try #require(all.first { $0.name == "Karin" })
    #expect(karin.devices.map(\.name) == ["Karin's second", "Karin"] && !karin.isEnded)
    let today = Int32(place.exchange.server.now / 86_400_000)
    #expect(karin.devices.allSatisfy { $0.contactDay == today && $0.ended == nil && $0.enrolledAt > 0 })
    #expect(all.first { $0.name == "Poul" }?.devices.first?.ended?.reason == .stolen)
    guard case .listed(let own)? = try place.ask(.list, by: coordinator) else {
      Issue.record("no list")
      return
    }
    #expect(own.map(\.name) == ["Karin"])
  }

  /// One that was restored or copied is told of nobody and ends nobody before a person confirms it.
  @Test func aDeviceThatIsNotConfirmedMayNot() throws {
    let place = try RevokedHouse()
    let station = place.house.leader
    let token = station.replica.token
    try place.exchange.sync(station)
    station.replica.token = token
    for _ in 0..<3 { try place.exchange.sync(station) }
    #expect(!station.replica.isConfirmed)
    let refused = ReplicaMachine.Report.refused(request: 1, .notPermitted)
    #expect(try place.ask(.list, by: station) == refused)
    #expect(try place.revoke(place.house.psychologist, as: .left) == refused)
    #expect(place.exchange.server.directory.revocations.isEmpty)
  }

  /// More people than fit into one message.
  @Test func theDirectoryComesInPages() throws {
    let place = try RevokedHouse()
    let exchange = place.exchange
    let name = String(repeating: "n", count: Limits.nameBytes)
    for number in 0..<700 { _ = try exchange.newcomer("\(number)" + name.dropLast(4), as: .parent) }
    guard case .listed(let all)? = try place.ask(.list, by: place.house.leader) else {
      Issue.record("no list")
      return
    }
    #expect(all.count == 703 && Set(all.map(\.person)).count == 703)
    #expect(exchange.everyFrame.map(\.count).max() ?? 0 < Limits.messageBytes)
  }
}
