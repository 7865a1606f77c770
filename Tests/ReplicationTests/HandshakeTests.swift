import CRDT
import CaseModel
import Replication
import SwiftProtobuf
import Testing
import WireProtocol

/// Who is let in, and what is said to whoever is not.
@Suite struct HandshakeTests {
  @Test func aKnownDeviceIsWelcomedAndGoesOn() throws {
    let house = try House()
    #expect(
      try house.exchange.sync(house.coordinator) == [
        "> hello", "< hello", "> authentication", "< welcome, journal 0", "> follow from cursor",
        "< delivery 2, cursor",
      ])
    #expect(house.coordinator.takeReports() == [.opened, .upToDate])
  }

  @Test func theServerAnswersEachStepOnceItIsWritten() throws {
    let house = try House()
    let station = house.coordinator
    let server = house.exchange.server
    let entropy = ServerSession.Entropy(
      nonce: Array(repeating: 7, count: 32), newEpoch: Identifier(high: 1, low: 2),
      newDevice: Identifier(high: 3, low: 4))
    var session = ServerSession(entropy: entropy)
    var client = ClientSession(identity: station.identity)
    let hello = try client.connected(
      nonce: Array(repeating: 9, count: 32), at: 5, replica: station.replica)
    guard case .send(let helloBytes) = try #require(hello.first) else { throw Broken() }
    #expect(hello.count == 1)

    let answer = session.messageReceived(helloBytes, at: 6, directory: server.directory)
    guard case .send(let serverHello) = try #require(answer.first) else { throw Broken() }
    #expect(answer == [.send(serverHello)])
    let body = try WireServerHelloBody(serializedBytes: Array(serverHello.hello.body))
    #expect(Array(body.nonce) == entropy.nonce && body.time == 6 && body.version == Limits.subprotocol)

    let authentication = try client.messageReceived(
      try serverHello.serializedBytes(), replica: station.replica)
    guard case .send(let signed) = try #require(authentication.first) else { throw Broken() }
    #expect(authentication.count == 1)
    let submitted = session.messageReceived(signed, at: 7, directory: server.directory)
    guard case .submit(.open(let presented)) = try #require(submitted.first) else { throw Broken() }
    #expect(submitted.count == 1 && presented.actor == station.actor)
    #expect(presented.token == station.replica.token && presented.journal == station.replica.journal())
    #expect(presented.epoch == station.epoch && presented.cursor == station.replica.cursor)
    #expect(session.device == nil)

    var device = try #require(server.directory.devices[station.actor])
    device.offeredToken = Identifier(high: 5, low: 6)
    let welcome = session.opened(device, directory: server.directory, aliases: [], at: 8)
    guard case .send(let message) = try #require(welcome.last) else { throw Broken() }
    #expect(welcome == [.authenticated, .send(message)])
    #expect(Identifier(bytes: message.welcome.sessionToken) == device.offeredToken)

    let opened = try client.messageReceived(try message.serializedBytes(), replica: station.replica)
    let membership = try Membership(
      message.welcome.membership, tenant: station.identity.tenant, tenantKey: station.tenantKey,
      signingKey: station.identity.signingKey.publicKey, agreementKey: nil)
    let follow = WireClientMessage.with { $0.follow.cursor = .init(station.replica.cursor) }
    #expect(
      opened == [
        .store(
          .session(
            token: try #require(device.offeredToken), membership: membership, serverTime: 6, deliveries: 1)),
        .report(.opened),
        .send(try follow.serializedBytes()),
      ])
  }

  // MARK: What the client refuses

  @Test func aServerWithAnotherKeyIsToldNothing() throws {
    let house = try House()
    let other = try House(seed: 2)
    let station = house.coordinator
    var session = ClientSession(identity: station.identity)
    let hello = try session.connected(nonce: Array(repeating: 9, count: 32), at: 5, replica: station.replica)
    guard case .send(let bytes)? = hello.first else { throw Broken() }
    let stranger = Peer(other.exchange, key: station.signingKey)
    #expect(stranger.say(bytes) == ["< hello"])
    let answer = try WireServerMessage.with { $0.hello = stranger.serverHello }.serializedBytes() as [UInt8]
    #expect(
      try session.messageReceived(answer, replica: station.replica) == [
        .report(.failed(.wrongTenant)), .close,
      ])
  }

  @Test func anImpostorWhoNamesTheTenantUnderAKeyOfHisOwnIsToldNothing() throws {
    let house = try House()
    let key = try SigningKey(secret: Array(repeating: 3, count: 32))
    try refusedHello(house, .wrongTenant) {
      try resign(&$0, house, by: key) { $0.tenantKey = .init(key.publicKey) }
    }
  }

  @Test func aServerHelloUnderAWrongSignatureIsRefused() throws {
    let house = try House()
    try refusedHello(house, .badSignature) { hello in
      hello.signature[5] ^= 1
    }
  }

  @Test func aServerHelloOfAnotherVersionOrSuiteIsRefused() throws {
    let house = try House()
    try refusedHello(house, .noCommonVersion) { try resign(&$0, house) { $0.version = "kos.sync.v9" } }
    try refusedHello(house, .noCommonVersion) { try resign(&$0, house) { $0.suite = 2 } }
  }

  @Test func aServerThatNamesAnotherTenantUnderThePinnedKeyIsRefused() throws {
    let house = try House()
    let other = Identifier(high: 1, low: 1)
    try refusedHello(house, .wrongTenant) { try resign(&$0, house) { $0.tenant = .init(other.bytes) } }
  }

  @Test func anotherEpochEndsTheSessionAndKeepsAllWork() throws {
    let house = try House()
    let station = house.coordinator
    try house.exchange.write([house.note("kept")], at: station)
    let before = station.replica
    let other = Identifier(high: 1, low: 1)
    // It goes on under another actor, in a session of its own.
    try refusedHello(house, nil) { try resign(&$0, house) { $0.epoch = .init(other.bytes) } }
    #expect(station.replica.entries == before.entries)
    #expect(station.texts(.note, Field.Note.text) == ["kept"])
  }

  /// What a session says to a server's hello that was changed, the device's transcript with it.
  private func refusedHello(
    _ house: House, _ code: ErrorCode?, change: @escaping (inout WireServerHello) throws -> Void
  ) throws {
    let station = house.coordinator
    house.exchange.onFrame = { frame in
      guard var message = try? WireServerMessage(checking: frame.bytes), frame.direction == .toClient,
        case .hello(var hello) = message.body, (try? change(&hello)) != nil
      else { return [frame] }
      message.hello = hello
      let bytes: [UInt8]? = try? message.serializedBytes()
      return [Frame(connection: frame.connection, direction: .toClient, bytes: bytes ?? [])]
    }
    #expect(try house.exchange.sync(station) == ["> hello", "< hello"])
    #expect(station.takeReports() == [code.map { .failed($0) } ?? .healing])
    house.exchange.onFrame = { [$0] }
  }

  /// Changes a hello's body and signs it anew, as one could who has the tenant's key.
  private func resign(
    _ hello: inout WireServerHello, _ house: House, by key: SigningKey? = nil,
    _ edit: (inout WireServerHelloBody) -> Void
  ) throws {
    var body = try WireServerHelloBody(serializedBytes: Array(hello.body))
    edit(&body)
    let encoded: [UInt8] = try body.serializedBytes()
    hello.body = .init(encoded)
    let transcript = Transcript.bytes(
      clientHello: house.exchange.lastFrameToServer, serverHelloBody: encoded)
    let key = key ?? house.exchange.tenant.signingKey
    hello.signature = .init(key.sign(transcript, for: .serverHello))
  }

  // MARK: What the server refuses

  @Test func aHelloWithoutACommonVersionOrSuiteIsRefused() throws {
    let house = try House()
    let edits: [(inout WireClientHello) -> Void] = [
      { $0.versions = ["kos.sync.v9"] }, { $0.versions = [] }, { $0.suite = 0 }, { $0.suite = 2 },
    ]
    for edit in edits {
      let peer = Peer(house.exchange, key: house.coordinator.signingKey)
      #expect(
        try peer.greet(as: house.coordinator, edit) == [
          "< failure NO_COMMON_VERSION", "closed NO_COMMON_VERSION",
        ])
    }
  }

  @Test func aShortNonceIsMalformed() throws {
    let house = try House()
    let peer = Peer(house.exchange, key: house.coordinator.signingKey)
    #expect(
      try peer.greet(as: house.coordinator) { $0.nonce = .init([1, 2, 3]) } == [
        "< failure MALFORMED", "closed MALFORMED",
      ])
  }

  @Test func anUnknownDeviceLearnsSoOnlyAfterTheHello() throws {
    let house = try House()
    let stranger = Peer(house.exchange, key: try SigningKey(secret: Array(repeating: 3, count: 32)))
    let actor = Transcript.actor(of: stranger.key.publicKey)
    #expect(try stranger.greet(as: house.coordinator) { $0.actor = actor.rawValue } == ["< hello"])
    #expect(try stranger.authenticate() == ["< failure UNKNOWN_DEVICE", "closed UNKNOWN_DEVICE"])
  }

  @Test func aSignatureByAnotherKeyOrOverAnotherTranscriptIsRefused() throws {
    let house = try House()
    let refused = ["< failure BAD_SIGNATURE", "closed BAD_SIGNATURE"]
    let thief = Peer(house.exchange, key: try SigningKey(secret: Array(repeating: 3, count: 32)))
    _ = try thief.greet(as: house.coordinator)
    #expect(try thief.authenticate() == refused)

    let replayed = Peer(house.exchange, key: house.coordinator.signingKey)
    _ = try replayed.greet(as: house.coordinator)
    let signature = replayed.key.sign(replayed.transcript, for: .session)
    let player = Peer(house.exchange, key: house.coordinator.signingKey)
    _ = try player.greet(as: house.coordinator)
    #expect(try player.authenticate { $0.signature = .init(signature) } == refused)

    let confused = Peer(house.exchange, key: house.coordinator.signingKey)
    _ = try confused.greet(as: house.coordinator)
    let other = confused.key.sign(confused.transcript, for: .push)
    #expect(try confused.authenticate { $0.signature = .init(other) } == refused)
    #expect(house.exchange.server.sessions[confused.connection]?.device == nil)
  }

  @Test func aHelloForAnotherTenantOrEpochIsRefused() throws {
    let house = try House()
    let other = Identifier(high: 1, low: 1)
    let lost = Peer(house.exchange, key: house.coordinator.signingKey)
    _ = try lost.greet(as: house.coordinator) { $0.tenant = .init(other.bytes) }
    #expect(try lost.authenticate() == ["< failure WRONG_TENANT", "closed WRONG_TENANT"])
    let old = Peer(house.exchange, key: house.coordinator.signingKey)
    _ = try old.greet(as: house.coordinator) { $0.epoch = .init(other.bytes) }
    #expect(try old.authenticate() == ["< failure EPOCH_MISMATCH", "closed EPOCH_MISMATCH"])
    let new = Peer(house.exchange, key: house.coordinator.signingKey)
    _ = try new.greet(as: house.coordinator) { $0.epoch = .init() }
    #expect(try new.authenticate() == ["authenticated", "< welcome, journal 0"])
  }

  @Test(arguments: ["authentication", "push", "follow", "delivered", "invitation", "hello twice"])
  func aMessageOutOfPlaceEndsTheSession(_ what: String) throws {
    let house = try House()
    let peer = Peer(house.exchange, key: house.coordinator.signingKey)
    let unexpected = ["< failure UNEXPECTED", "closed UNEXPECTED"]
    func send(_ what: String) throws -> [String] {
      switch what {
      case "authentication": try peer.authenticate()
      case "push": try peer.say { $0.push.firstEntry = 1 }
      case "follow": try peer.say { $0.follow = .init() }
      case "delivered": try peer.say { $0.delivered.number = 1 }
      case "invitation": try peer.say { $0.invitation.request = 1 }
      default: try peer.greet(as: house.coordinator)
      }
    }
    if what == "hello twice" { #expect(try send(what) == ["< hello"]) }
    #expect(try send(what) == unexpected)
    // Nothing is answered any more.
    #expect(try peer.greet(as: house.coordinator).isEmpty)
    #expect(try peer.authenticate().isEmpty)
  }

  @Test(arguments: ["hello", "authentication"])
  func theHandshakeComesOnce(_ what: String) throws {
    let house = try House()
    let peer = try Peer.welcomed(house.exchange, as: house.coordinator)
    let again = try what == "hello" ? peer.greet(as: house.coordinator) : peer.authenticate()
    #expect(again == ["< failure UNEXPECTED", "closed UNEXPECTED"])
  }

  @Test(arguments: ["push", "follow", "delivered", "invitation"])
  func nothingIsTakenInBetweenHelloAndWelcome(_ what: String) throws {
    let house = try House()
    let peer = Peer(house.exchange, key: house.coordinator.signingKey)
    _ = try peer.greet(as: house.coordinator)
    let before = house.exchange.server.commits
    let answer = try peer.say {
      switch what {
      case "push": $0.push.firstEntry = 1
      case "follow": $0.follow = .init()
      case "delivered": $0.delivered.number = 1
      default: $0.invitation.request = 1
      }
    }
    #expect(answer == ["< failure UNEXPECTED", "closed UNEXPECTED"])
    #expect(house.exchange.server.commits == before)
  }
}

/// A test's own assumption does not hold.
struct Broken: Error {}
