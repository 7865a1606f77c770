import CRDT
import CaseModel
import Replication
import SwiftProtobuf
import Testing
import WireProtocol

/// Becoming a device with a one-time code, and asking for codes.
@Suite struct EnrolmentTests {
  @Test func aRightCodeMakesADeviceOfItsPerson() throws {
    let exchange = try Exchange()
    let person = exchange.identifier()
    let station = try exchange.newcomer("Lene", as: .leader, person: person)
    let membership = station.replica.membership
    #expect(membership.person == person && membership.account == person)
    #expect(membership.personName == "Lene" && membership.role == Role.leader.rawValue)
    let device = try #require(exchange.server.directory.devices[station.actor])
    #expect(device.signingKey == station.signingKey.publicKey && device.name == "Lene")
    #expect(device.offeredToken == station.replica.token && device.token == nil)
    try exchange.sync(station)
    #expect(station.takeReports() == [.opened, .upToDate])
  }

  @Test func aCodeServesOnce() throws {
    let exchange = try Exchange()
    let code = exchange.code(for: .leader, person: exchange.identifier(), name: "Lene")
    _ = try exchange.enrol("first", with: code)
    let before = exchange.server.directory.devices.count
    #expect(throws: ProtocolError(.codeRefused)) { try exchange.enrol("second", with: code) }
    #expect(exchange.server.directory.devices.count == before)
  }

  /// The server has committed and its welcome is lost: the same keys may come again with the same code.
  @Test func aDeviceThatDidNotHearItsWelcomeEnrolsAgain() throws {
    let exchange = try Exchange()
    let code = exchange.code(for: .leader, person: exchange.identifier(), name: "Lene")
    let agreementKey = exchange.random.bytes(32)
    let deaf = try exchange.enrol("Lene", with: code, agreementKey: agreementKey)
    #expect(throws: ProtocolError(.codeRefused)) {
      try exchange.enrol("Lene", with: code, signingKey: deaf.signingKey)
    }
    let station = try exchange.enrol(
      "Lene", with: code, signingKey: deaf.signingKey, agreementKey: agreementKey)
    #expect(exchange.server.directory.devices.count == 1)
    try exchange.sync(station)
    #expect(station.takeReports() == [.opened, .upToDate])
    // Once it has opened a session, the code is over.
    #expect(throws: ProtocolError(.codeRefused)) {
      try exchange.enrol("Lene", with: code, signingKey: deaf.signingKey, agreementKey: agreementKey)
    }
  }

  @Test func aCodeEnds() throws {
    let exchange = try Exchange()
    let code = exchange.code(
      for: .leader, person: exchange.identifier(), name: "Lene", expiresAfter: 60_000)
    exchange.server.now += 59_990
    exchange.server.now += 10
    #expect(throws: ProtocolError(.codeRefused)) { try exchange.enrol("late", with: code) }
    #expect(exchange.server.directory.devices.isEmpty)
  }

  @Test func fiveWrongProofsEndACode() throws {
    let exchange = try Exchange()
    let code = exchange.code(for: .leader, person: exchange.identifier(), name: "Lene")
    let guess = EnrolmentCode(
      id: code.id, secret: exchange.identifier(), fingerprint: code.fingerprint)
    for attempt in 1...Limits.codeAttempts {
      #expect(throws: ProtocolError(.codeRefused)) { try exchange.enrol("guess", with: guess) }
      if attempt < Limits.codeAttempts {
        #expect(exchange.server.directory.codes[code.id]?.failures == attempt)
      }
    }
    #expect(throws: ProtocolError(.codeRefused)) { try exchange.enrol("right", with: code) }
    #expect(exchange.server.directory.devices.isEmpty)
  }

  @Test func oneWrongProofLeavesTheCodeGood() throws {
    let exchange = try Exchange()
    let code = exchange.code(for: .leader, person: exchange.identifier(), name: "Lene")
    let guess = EnrolmentCode(
      id: code.id, secret: exchange.identifier(), fingerprint: code.fingerprint)
    #expect(throws: ProtocolError(.codeRefused)) { try exchange.enrol("guess", with: guess) }
    _ = try exchange.enrol("right", with: code)
  }

  @Test func anUnknownCodeLooksLikeAWrongOne() throws {
    let exchange = try Exchange()
    let code = EnrolmentCode(
      id: 99, secret: exchange.identifier(),
      fingerprint: EnrolmentCode.fingerprint(of: exchange.tenant.signingKey.publicKey))
    #expect(throws: ProtocolError(.codeRefused)) { try exchange.enrol("nobody", with: code) }
  }

  @Test func aServerWithAnotherFingerprintIsToldNothing() throws {
    let exchange = try Exchange()
    let code = exchange.code(for: .leader, person: exchange.identifier(), name: "Lene")
    let elsewhere = EnrolmentCode(id: code.id, secret: code.secret, fingerprint: exchange.identifier())
    let before = exchange.server.commits
    #expect(throws: ProtocolError(.wrongTenant)) { try exchange.enrol("Lene", with: elsewhere) }
    #expect(exchange.server.commits == before)
  }

  @Test func aKeyIsEnrolledOnce() throws {
    let exchange = try Exchange()
    let station = try exchange.newcomer("Lene", as: .leader)
    let code = exchange.code(for: .coreTeam, person: exchange.identifier(), name: "Poul")
    #expect(throws: ProtocolError(.codeRefused)) {
      try exchange.enrol("again", with: code, signingKey: station.signingKey)
    }
    // The code is as good as before.
    _ = try exchange.enrol("Poul", with: code)
  }

  @Test func aKeyUnderWhichAnybodyCanSignIsRefused() throws {
    let exchange = try Exchange()
    let code = exchange.code(for: .leader, person: exchange.identifier(), name: "Lene")
    let peer = Peer(exchange, key: try SigningKey(secret: Array(repeating: 3, count: 32)))
    let weak: [UInt8] = [1] + Array(repeating: 0, count: 31)
    let hello = WireClientMessage.with {
      $0.hello.versions = [Limits.subprotocol]
      $0.hello.suite = 1
      $0.hello.nonce = .init(Array(repeating: 1, count: 32))
      $0.hello.actor = Transcript.actor(of: weak).rawValue
      $0.hello.enrolment.codeID = .init(withUnsafeBytes(of: code.id.bigEndian) { Array($0) })
      $0.hello.enrolment.signingKey = .init(weak)
      $0.hello.enrolment.agreementKey = .init(Array(repeating: 2, count: 32))
    }
    #expect(try peer.say(hello.serializedBytes()) == ["< hello"])
    // R is the neutral point and s is 0: right under such a key, whatever was signed.
    let signature = weak + Array(repeating: 0, count: 32)
    #expect(
      try peer.say { $0.authentication.signature = .init(signature) } == [
        "< failure BAD_SIGNATURE", "closed BAD_SIGNATURE",
      ])
  }

  /// A hello that enrols, changed, and what the server says to it and to a proof that is none.
  private func answers(to change: (inout WireClientHello) -> Void) throws -> [String] {
    let exchange = try Exchange()
    let key = try SigningKey(secret: Array(repeating: 3, count: 32))
    let peer = Peer(exchange, key: key)
    var hello = WireClientHello.with {
      $0.versions = [Limits.subprotocol]
      $0.suite = 1
      $0.nonce = .init(Array(repeating: 1, count: 32))
      $0.actor = Transcript.actor(of: key.publicKey).rawValue
      $0.enrolment.codeID = .init(Array(repeating: 1, count: 8))
      $0.enrolment.signingKey = .init(key.publicKey)
      $0.enrolment.agreementKey = .init(Array(repeating: 9, count: 32))
    }
    change(&hello)
    let first = try peer.say(WireClientMessage.with { $0.hello = hello }.serializedBytes())
    guard first == ["< hello"] else { return first }
    return try peer.say { $0.authentication = .init() }
  }

  @Test func aHelloThatDoesNotFitItselfIsRefused() throws {
    let malformed = ["< failure MALFORMED", "closed MALFORMED"]
    let unsupported = ["< failure UNSUPPORTED", "closed UNSUPPORTED"]
    #expect(try answers { _ in } == ["< failure BAD_SIGNATURE", "closed BAD_SIGNATURE"])
    #expect(try answers { $0.actor ^= 1 } == malformed)
    #expect(try answers { $0.enrolment.agreementKey = .init(Array(repeating: 0, count: 32)) } == malformed)
    #expect(try answers { $0.enrolment.agreementKey = .init(Array(repeating: 9, count: 31)) } == malformed)
    #expect(try answers { $0.binding.kind = .bindingTlsExporter } == unsupported)
    #expect(try answers { $0.binding.value = .init([1]) } == unsupported)
    #expect(try answers { $0.binding.kind = .bindingNone } == answers { _ in })
  }

  @Test func aWelcomeThatWasLostIsMadeUpForByAnOrdinarySession() throws {
    let exchange = try Exchange()
    let code = exchange.code(for: .leader, person: exchange.identifier(), name: "Lene")
    let station = try exchange.enrol("Lene", with: code)
    station.replica.token = nil
    try exchange.sync(station)
    #expect(station.takeReports() == [.opened, .upToDate])
  }

  // MARK: Invitations

  @Test func aLeaderInvitesACoordinator() throws {
    let house = try House()
    try house.exchange.connect(house.leader)
    house.exchange.run()
    _ = house.leader.takeReports()
    _ = house.exchange.takeLines(house.leader)
    let person = house.exchange.identifier()
    let (request, code) = house.exchange.invitation(7, to: .familyCoordinator, person: person, name: "Kaj")
    try house.exchange.invite(request, by: house.leader)
    house.exchange.run()
    #expect(house.exchange.takeLines(house.leader) == ["> invitation 7", "< invitation 7"])
    let expiry = house.exchange.server.now + Limits.codeSeconds * 1_000
    #expect(house.leader.takeReports() == [.invited(request: 7, code: code.id, expiresAt: expiry)])
    let colleague = try house.exchange.enrol("Kaj", with: code)
    #expect(colleague.person == person)
    // The secret was never sent.
    let secret = code.secret.bytes
    #expect(!Bytes.occurs(secret, in: house.exchange.everyFrame))
    #expect(Bytes.occurs(code.verifier.bytes, in: house.exchange.everyFrame))
  }

  @Test(arguments: [Role.leader, .externalReporter])
  func whatTheTableDoesNotAllowIsRefusedAndTheSessionGoesOn(_ role: Role) throws {
    let house = try House()
    try house.exchange.connect(house.leader)
    house.exchange.run()
    _ = house.leader.takeReports()
    let (request, code) = house.exchange.invitation(
      3, to: role, person: house.exchange.identifier(), name: "Ib")
    try house.exchange.invite(request, by: house.leader)
    try house.exchange.write([house.note("still here")], at: house.leader)
    house.exchange.run()
    #expect(house.leader.takeReports() == [.refused(request: 3, .notPermitted), .upToDate])
    #expect(house.exchange.server.directory.codes[code.id] == nil)
  }

  @Test func nobodyGetsASecondAccount() throws {
    let house = try House()
    try house.exchange.connect(house.leader)
    house.exchange.run()
    _ = house.leader.takeReports()
    let (request, _) = house.exchange.invitation(
      3, to: .familyCoordinator, person: house.psychologist.person, name: "Poul")
    try house.exchange.invite(request, by: house.leader)
    house.exchange.run()
    #expect(house.leader.takeReports() == [.refused(request: 3, .notPermitted)])
  }

  @Test func aFurtherDeviceOfOnesOwnActsForTheSameAccount() throws {
    let house = try House()
    try house.exchange.connect(house.psychologist)
    house.exchange.run()
    let (request, code) = house.exchange.invitation(
      1, to: .coreTeam, person: house.psychologist.person, name: "somebody else")
    try house.exchange.invite(request, by: house.psychologist)
    house.exchange.run()
    let phone = try house.exchange.enrol("phone", with: code)
    #expect(phone.replica.membership.account == house.psychologist.replica.membership.account)
    #expect(phone.replica.membership.personName == "Poul")
    try house.exchange.sync(phone)
    #expect(phone.replica.records == house.psychologist.replica.records)
  }

  @Test(arguments: ["verifier", "code", "person", "name"])
  func anInvitationThatIsNoneEndsTheSession(_ part: String) throws {
    let house = try House()
    let peer = try Peer.welcomed(house.exchange, as: house.leader)
    var (request, _) = house.exchange.invitation(
      1, to: .coreTeam, person: house.exchange.identifier(), name: "Ib")
    switch part {
    case "verifier": request.verifier = .init([1, 2])
    case "code": request.codeID = .init()
    case "person": request.person = .init([1])
    default: request.personName = String(repeating: "x", count: Limits.nameBytes + 1)
    }
    #expect(try peer.say { $0.invitation = request } == ["< failure MALFORMED", "closed MALFORMED"])
  }
}
