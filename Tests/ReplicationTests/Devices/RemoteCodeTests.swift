import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// Codes for people who are not in the room: whoever uses one is sent nothing before its digits were
/// compared.
@Suite struct RemoteCodeTests {
  private static let name = "Ib"

  /// A house to which the leader invites a member of the core team from afar.
  private func house() throws -> House {
    let house = try House()
    try house.exchange.write([house.note("for the family's own people")], at: house.coordinator)
    for station in [house.coordinator, house.leader] { try house.exchange.sync(station) }
    return house
  }

  private func invite(
    _ house: House, person: Identifier, by inviter: Workstation? = nil, remote: Bool = true,
    to role: Role = .coreTeam, case caseID: Identifier? = nil
  ) throws -> (code: EnrolmentCode, report: ReplicaMachine.Report?) {
    let inviter = inviter ?? house.leader
    var (request, code) = house.exchange.invitation(
      4, to: role, person: person, name: Self.name, case: caseID)
    request.remote = remote
    _ = inviter.takeReports()
    try house.exchange.connect(inviter)
    house.exchange.run()
    try house.exchange.invite(request, by: inviter)
    house.exchange.run()
    house.exchange.cut(inviter)
    return (code, inviter.takeReports().last)
  }

  /// Somebody types digits in.
  ///
  /// - Parameter person: whose device she takes it for; where none is given, whose it is.
  private func confirm(
    _ digits: UInt32, of person: Identifier? = nil, on station: Workstation, _ house: House
  ) throws -> ReplicaMachine.Report? {
    let directory = house.exchange.server.directory
    let shown = directory.devices.values.first {
      ConfirmationDigits.of(signingKey: $0.signingKey, tenant: house.exchange.tenant.id) == digits
    }
    let owner = person ?? shown.flatMap { directory.accounts[$0.account]?.person }
    _ = station.takeReports()
    try house.exchange.connect(station)
    house.exchange.run()
    try house.exchange.confirm(digits, of: owner, by: station)
    house.exchange.run()
    house.exchange.cut(station)
    return station.takeReports().last
  }

  private func digits(_ station: Workstation, _ house: House) -> UInt32 {
    ConfirmationDigits.of(
      signingKey: station.signingKey.publicKey, tenant: house.exchange.tenant.id)
  }

  /// Lets a person take part in the case, who may have no device yet.
  private func join(_ person: Identifier, _ house: House) throws {
    try house.exchange.write(
      [
        CaseWork.participant(
          id: house.exchange.identifier(), in: house.caseID, person: person, role: .coreTeam, alias: nil,
          since: house.day)
      ], at: house.leader)
    try house.exchange.sync(house.leader)
  }

  @Test func bothSortsOfCodesEndInTheirTime() throws {
    for (remote, seconds) in [(false, Limits.codeSeconds), (true, Limits.remoteCodeSeconds)] {
      for late in [false, true] {
        let house = try house()
        let start = house.exchange.server.now
        let (code, report) = try invite(house, person: house.exchange.identifier(), remote: remote)
        let end = try #require(house.exchange.server.directory.codes[code.id]?.expiresAt)
        #expect(report == .invited(request: 4, code: code.id, expiresAt: end))
        #expect(end >= start + seconds * 1_000 && end <= start + seconds * 1_000 + 1_000)
        house.exchange.server.now = late ? end : end - 1_000
        if late {
          #expect(throws: ProtocolError(.codeRefused)) { try house.exchange.enrol("x", with: code) }
        } else {
          _ = try house.exchange.enrol("x", with: code)
        }
      }
    }
    #expect(Limits.remoteCodeSeconds == 7 * 86_400)
  }

  @Test func theDeviceIsSentNothingUntilItsDigitsWereComparedWithTheInviter() throws {
    let house = try house()
    let exchange = house.exchange
    let person = exchange.identifier()
    try join(person, house)
    let (code, _) = try invite(house, person: person)
    let station = try exchange.enrol(Self.name, with: code)
    #expect(exchange.server.directory.devices[station.actor]?.isConfirmed == false)
    let lines = try exchange.sync(station)
    #expect(
      lines == [
        "> hello", "< hello", "> authentication", "< welcome, journal 0, unconfirmed", "> follow",
        "< delivery 1",
      ])
    #expect(station.replica.records.isEmpty && !station.replica.isConfirmed)
    // Whoever invited her is told that somebody waits, as soon as she is there; others are not.
    #expect(try exchange.sync(house.leader).contains("< device notice 1"))
    #expect(house.leader.replica.devicesWaiting == 1)
    #expect(try !exchange.sync(house.coordinator).contains { $0.contains("device notice") })

    let right = digits(station, house)
    #expect(try confirm(right &+ 1, on: house.leader, house) == .refused(request: 9, .notPermitted))
    for other in [house.coordinator, house.psychologist, station] {
      #expect(try confirm(right, on: other, house) == .refused(request: 9, .notPermitted))
    }
    #expect(exchange.server.directory.devices[station.actor]?.isConfirmed == false)
    #expect(try confirm(right, on: house.leader, house) == .confirmed(request: 9))
    #expect(house.leader.replica.devicesWaiting == 0)
    try exchange.sync(station)
    #expect(station.replica.isConfirmed)
    #expect(station.texts(.note, Field.Note.text) == ["for the family's own people"])
  }

  /// A leader may: whoever invited her may have left.
  @Test func aLeaderConfirmsWhomACoordinatorInvited() throws {
    let house = try house()
    let (code, report) = try invite(
      house, person: house.exchange.identifier(), by: house.coordinator, case: house.caseID)
    guard case .invited = report else { throw ProtocolError(.notPermitted) }
    let station = try house.exchange.enrol(Self.name, with: code)
    try house.exchange.sync(station)
    let right = digits(station, house)
    #expect(try confirm(right, on: house.psychologist, house) == .refused(request: 9, .notPermitted))
    #expect(try confirm(right, on: house.leader, house) == .confirmed(request: 9))
  }

  /// The code was read on its way. Its thief has a device that is sent nothing, and whose digits are others
  /// than those that its person could read out; she finds that the code is used.
  @Test func aCodeThatSomebodyElseUsedOpensNothing() throws {
    let house = try house()
    let exchange = house.exchange
    let person = exchange.identifier()
    try join(person, house)
    let (code, _) = try invite(house, person: person)
    let thief = try exchange.enrol(Self.name, with: code)
    #expect(throws: ProtocolError(.codeRefused)) { try exchange.enrol(Self.name, with: code) }
    // What he writes is not accepted under her name: it waits, and the register takes nothing of it.
    try exchange.write([house.note("in her name")], at: thief)
    try exchange.write([CaseWork.person(id: exchange.identifier(), name: "Nobody")], at: thief)
    let lines = try exchange.sync(thief)
    #expect(lines.contains { $0.contains("1 NOT_CONFIRMED waits") }, "\(lines)")
    #expect(lines.contains { $0.contains("2 NOT_CONFIRMED") && !$0.contains("2 NOT_CONFIRMED waits") })
    // Nor may he invite, list, or end anybody.
    let other = try invite(house, person: exchange.identifier(), by: thief).report
    #expect(other == .refused(request: 4, .notPermitted))
    // A copy of his device, which goes on under another actor, may no more than it.
    try house.fork(thief)
    try exchange.sync(thief)
    try exchange.write([house.note("in her name again")], at: thief)
    #expect(try exchange.sync(thief).contains { $0.contains("NOT_CONFIRMED waits") })
    #expect(!thief.texts(.note, Field.Note.text).contains("for the family's own people"))

    // The leader ends the thief's device, and invites her again: now it is hers.
    let device = try #require(exchange.server.directory.devices[thief.actor]?.id)
    try exchange.connect(house.leader)
    exchange.run()
    try exchange.ask(.revoke(device: device, .stolen), by: house.leader)
    exchange.run()
    exchange.cut(house.leader)
    let (second, _) = try invite(house, person: person)
    let station = try exchange.enrol(Self.name, with: second)
    try exchange.sync(station)
    #expect(try confirm(digits(thief, house), on: house.leader, house) == .refused(request: 9, .notPermitted))
    #expect(try confirm(digits(station, house), on: house.leader, house) == .confirmed(request: 9))
    try exchange.sync(station)
    #expect(station.texts(.note, Field.Note.text) == ["for the family's own people"])
  }

  /// A parent opened the other one's letter. He reads out the digits of the device that he enrolled with it,
  /// and whoever hears his voice says that it is he.
  @Test func aKnownVoiceConfirmsNobodyElsesCode() throws {
    let house = try house()
    let exchange = house.exchange
    let (she, he) = (exchange.identifier(), exchange.identifier())
    try join(she, house)
    let (hers, _) = try invite(house, person: she)
    _ = try invite(house, person: he)
    let taken = try exchange.enrol(Self.name, with: hers)
    try exchange.sync(taken)
    let read = digits(taken, house)
    let leader = house.leader
    for voice in [he, leader.person] {
      #expect(try confirm(read, of: voice, on: leader, house) == .refused(request: 9, .notPermitted))
    }
    try exchange.sync(taken)
    #expect(!taken.replica.isConfirmed && taken.replica.records.isEmpty)
    #expect(try confirm(read, of: she, on: leader, house) == .confirmed(request: 9))
  }

  /// Somebody else settled it while she was away: the server says only what waits.
  @Test func whatWaitsNoMoreIsForgottenWithTheNextSession() throws {
    let house = try house()
    let exchange = house.exchange
    let (code, _) = try invite(
      house, person: exchange.identifier(), by: house.coordinator, case: house.caseID)
    let station = try exchange.enrol(Self.name, with: code)
    try exchange.sync(house.coordinator)
    #expect(house.coordinator.replica.devicesWaiting == 1)
    #expect(try confirm(digits(station, house), on: house.leader, house) == .confirmed(request: 9))
    #expect(try !exchange.sync(house.coordinator).contains { $0.contains("device notice") })
    #expect(house.coordinator.replica.devicesWaiting == 0)
  }

  /// A short code took the place of a letter that is on its way.
  @Test func whoHasEnrolledNeedsNoOtherCode() throws {
    let house = try house()
    let person = house.exchange.identifier()
    let short = try invite(house, person: person, remote: false).code
    let letter = try invite(house, person: person).code
    _ = try house.exchange.enrol(Self.name, with: short)
    #expect(throws: ProtocolError(.codeRefused)) { try house.exchange.enrol("x", with: letter) }
  }

  /// Digits are six: whoever knows which ones will be read out may look for a key that shows them.
  @Test func twoDevicesThatShowTheSameDigitsCannotBeToldApart() throws {
    let house = try house()
    let exchange = house.exchange
    var known: [UInt32: SigningKey] = [:]
    var pair: (SigningKey, SigningKey)?
    while pair == nil {
      let key = try SigningKey(secret: exchange.random.bytes(32))
      let shown = ConfirmationDigits.of(signingKey: key.publicKey, tenant: exchange.tenant.id)
      if let before = known.updateValue(key, forKey: shown) { pair = (before, key) }
    }
    let (first, second) = try #require(pair)
    // A device of somebody else's, from which its person was led to read: the leader may not confirm that.
    let there = exchange.code(for: .coreTeam, person: exchange.identifier(), name: "Eva")
    _ = try exchange.enrol("Eva", with: there, signingKey: first)
    let (code, _) = try invite(house, person: exchange.identifier())
    let station = try exchange.enrol("x", with: code, signingKey: second)
    try exchange.sync(station)
    let right = digits(station, house)
    #expect(try confirm(right, on: house.leader, house) == .refused(request: 9, .notPermitted))
    #expect(exchange.server.directory.devices[station.actor]?.isConfirmed == false)
  }

  /// One that was lost on its way is good for nothing once another one is made.
  @Test func aFurtherCodeForThePersonTakesThePlaceOfTheFirst() throws {
    let house = try house()
    let person = house.exchange.identifier()
    let first = try invite(house, person: person).code
    let second = try invite(house, person: person, remote: false).code
    #expect(throws: ProtocolError(.codeRefused)) { try house.exchange.enrol("x", with: first) }
    _ = try house.exchange.enrol(Self.name, with: second)
  }

  /// A reporter is not told the names of cases before either.
  @Test func aReporterGetsNoAliasBeforeHeIsConfirmed() throws {
    let house = try house()
    let exchange = house.exchange
    let (person, alias) = (exchange.identifier(), exchange.identifier())
    try exchange.write(
      [
        CaseWork.participant(
          id: exchange.identifier(), in: house.caseID, person: person, role: .externalReporter, alias: alias,
          since: house.day)
      ], at: house.coordinator)
    try exchange.sync(house.coordinator)
    let (code, _) = try invite(
      house, person: person, by: house.coordinator, to: .externalReporter, case: house.caseID)
    let station = try exchange.enrol(Self.name, with: code)
    #expect(station.replica.membership.aliases.isEmpty)
    try exchange.sync(station)
    #expect(try aliases(of: station).allSatisfy(\.isEmpty))
    #expect(try confirm(digits(station, house), on: house.coordinator, house) == .confirmed(request: 9))
    try exchange.sync(station)
    #expect(try aliases(of: station).last == [alias])
  }

  /// What each welcome said.
  private func aliases(of station: Workstation) throws -> [[Identifier]] {
    try station.received.compactMap { bytes in
      guard case .welcome(let welcome) = try WireServerMessage(serializedBytes: bytes).body else {
        return nil
      }
      return welcome.membership.aliases.compactMap { Identifier(bytes: $0) }
    }
  }

  /// It would make a code that opens at once: its link is shown to nobody.
  @Test func aServerThatKnowsNoSuchCodesIsNotTrustedWithOne() throws {
    let house = try house()
    let exchange = house.exchange
    var (request, _) = exchange.invitation(4, to: .coreTeam, person: exchange.identifier(), name: "Ib")
    request.remote = true
    exchange.onFrame = { frame in
      guard frame.direction == .toClient, var message = try? WireServerMessage(serializedBytes: frame.bytes),
        case .invitation = message.body
      else { return [frame] }
      message.invitation.remote = false
      let bytes: [UInt8] = (try? message.serializedBytes()) ?? []
      return [Frame(connection: frame.connection, direction: .toClient, bytes: bytes)]
    }
    _ = house.leader.takeReports()
    try exchange.connect(house.leader)
    exchange.run()
    try exchange.invite(request, by: house.leader)
    exchange.run()
    #expect(house.leader.takeReports().last == .refused(request: 4, .unsupported))
  }
}
