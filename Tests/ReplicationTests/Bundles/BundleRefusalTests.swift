import CRDT
import CaseModel
import Replication
import SwiftProtobuf
import Testing
import WireProtocol

/// Bundles that are not taken in, on either side, and what that does not change.
@Suite struct BundleRefusalTests {
  /// Takes a bundle that must be refused, and gives the reason; nothing may have happened.
  private func refusal(of parcel: Parcel, _ exchange: Exchange) throws -> ErrorCode? {
    let (log, directory) = (exchange.server.store.log.count, exchange.server.directory.devices)
    let (reply, code) = try exchange.take(parcel)
    #expect(exchange.server.store.log.count == log && exchange.server.directory.devices == directory)
    #expect(code == nil || reply.messages.isEmpty, "a refused bundle is not answered")
    return code
  }

  /// A bundle with another opening.
  private func altered(
    _ parcel: Parcel, _ edit: (inout WireBundleOpening) throws -> Void
  ) throws -> Parcel {
    var parcel = parcel
    var message = try WireClientMessage(checking: parcel.messages[0])
    try edit(&message.bundle)
    parcel.messages[0] = try message.serializedBytes()
    return parcel
  }

  @Test func whoDoesNotOpenASessionOpensNoBundle() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    try exchange.write([house.note("judged")], at: station)
    try exchange.sync(station)
    let parcel = try exchange.bundle(of: station)
    func code(_ edit: (inout WireBundleOpening) throws -> Void) throws -> ErrorCode? {
      try refusal(of: altered(parcel, edit), exchange)
    }
    func hello(
      _ opening: inout WireBundleOpening, _ edit: (inout WireClientHello) throws -> Void
    ) throws {
      var hello = try WireClientHello(serializedBytes: Array(opening.hello))
      try edit(&hello)
      opening = station.signingKey.opening(header: Array(opening.header), hello: try hello.serializedBytes())
    }
    #expect(try code { $0.signature[9] ^= 1 } == .badSignature)
    #expect(try code { $0.hello[12] ^= 1 } != nil)
    #expect(try code { opening in try hello(&opening) { $0.tenant[3] ^= 1 } } == .malformed)
    #expect(try code { opening in try hello(&opening) { $0.actor ^= 1 } } == .malformed)
    #expect(
      try code { opening in try hello(&opening) { $0.epoch = .init(repeating: 7, count: 16) } }
        == .epochMismatch)
    #expect(try code { opening in try hello(&opening) { $0.suite = 9 } } == .noCommonVersion)
    #expect(try code { opening in try hello(&opening) { $0.journal.digest[0] ^= 1 } } == .forked)
    #expect(
      try code { opening in try hello(&opening) { $0.succession = .init() } } == .unexpected)
    #expect(try code { opening in try hello(&opening) { $0.enrolment = .init() } } == .unexpected)
    #expect(try code { $0.header = .init() } == .unsupported)
    // Another header than the one under which it is sealed.
    let other = try exchange.bundle(of: station)
    #expect(try code { $0.header = .init(other.header) } == .badSignature)
    let stranger = try SigningKey(secret: exchange.random.bytes(32))
    #expect(
      try code { opening in
        opening = stranger.opening(header: Array(opening.header), hello: Array(opening.hello))
      } == .badSignature)
    // And then the right one.
    #expect(try exchange.take(parcel).code == nil)
  }

  @Test func aDeviceThatIsNotKnownIsRefused() throws {
    let house = try House()
    let parcel = try house.exchange.bundle(of: house.psychologist)
    let elsewhere = try House(seed: 2)
    #expect(try refusal(of: parcel, elsewhere.exchange) == .wrongTenant)
  }

  @Test func anotherEpochAndAServerThatWasSetBackAreLeftToASession() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    let earlier = exchange.server
    try exchange.write([house.note("sent")], at: station)
    try exchange.sync(station)
    try exchange.write([house.note("not sent")], at: station)
    let parcel = try exchange.bundle(of: station)
    let epochs = exchange.server.directory.tenant.epochs
    exchange.server = earlier
    exchange.server.restart(seed: 77)
    #expect(try refusal(of: parcel, exchange) == .epochMismatch)
    #expect(exchange.server.directory.tenant.epochs == epochs, "a bundle begins no epoch")
    try exchange.server.beginEpoch()
    #expect(try refusal(of: parcel, exchange) == .epochMismatch)
    for _ in 0..<4 { try exchange.sync(station) }
    #expect(station.texts(.note, Field.Note.text) == ["not sent", "sent"])
    // Under its new actor the device carries bundles again; the old one's are refused.
    #expect(try refusal(of: parcel, exchange) == .epochMismatch)
    #expect(try exchange.carry(station) == .taken)
    #expect(station.replica.refused.isEmpty)
  }

  @Test func aReplyForAnotherEpochActorOrTenantIsNotTakenIn() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    let reply = try exchange.take(exchange.bundle(of: station)).reply
    let replica = station.replica
    func code(of parcel: Parcel, at station: Workstation) -> ErrorCode? {
      do {
        try exchange.receive(parcel, at: station)
        return nil
      } catch {
        return (error as? ProtocolError)?.code
      }
    }
    #expect(code(of: reply, at: house.coordinator) == .unknownDevice)
    #expect(try code(of: reply, at: House(seed: 2).psychologist) == .wrongTenant)
    #expect(try code(of: exchange.bundle(of: station), at: station) == .malformed)
    // Sealed by somebody who has the device's key, and is not the tenant.
    var message = try WireServerMessage(checking: reply.messages[0])
    let body = Array(message.bundle.body)
    message.bundle = house.leader.signingKey.reply(header: reply.header, body: body)
    var forged = reply
    forged.messages[0] = try message.serializedBytes()
    #expect(code(of: forged, at: station) == .badSignature)
    // The tenant's own words in front of another bundle.
    let other = try exchange.take(exchange.bundle(of: station)).reply
    forged.messages[0] = other.messages[0]
    #expect(code(of: forged, at: station) == .badSignature)
    #expect(station.replica.snapshots == replica.snapshots && station.replica.cursor == replica.cursor)
    station.replica.epoch = exchange.identifier()
    #expect(code(of: reply, at: station) == .epochMismatch)
    station.replica.epoch = replica.epoch
    station.replica.successor = try SigningKey(secret: exchange.random.bytes(32))
    #expect(code(of: reply, at: station) == .forked)
    #expect(throws: ProtocolError(.forked)) { try BundlePush(identity: station.identity) }
    station.replica.successor = nil
    #expect(try exchange.receive(reply, at: station) == .taken)
  }

  @Test func aDeviceThatWasSetBackIsLeftToASession() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    let backup = station.replica
    try exchange.write([house.note("sent and forgotten")], at: station)
    let reply = try exchange.take(exchange.bundle(of: station)).reply
    let again = try exchange.take(exchange.bundle(of: station)).reply
    station.replica = backup
    #expect(throws: ProtocolError(.forked)) { try exchange.receive(again, at: station) }
    try exchange.write([house.note("in its place")], at: station)
    #expect(throws: ProtocolError(.forked)) { try exchange.receive(again, at: station) }
    #expect(try refusal(of: exchange.bundle(of: station), exchange) == .forked)
    _ = reply
  }

  @Test func messagesThatAreOutOfPlaceAreRefused() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    try exchange.write([house.note("one")], at: station)
    let parcel = try exchange.bundle(of: station)
    // What only a session may say.
    let others: [WireClientMessage] = [
      .with { $0.hello = .init() }, .with { $0.authentication = .init() },
      .with { $0.invitation = .init() }, .with { $0.inventory = .init() }, .with { $0.offer = .init() },
      .with { $0.confirmation = .init() }, .with { $0.history = .init() }, .with { $0.upload = .init() },
      .with { $0.fetch = .init() }, .with { $0.availability = .init() },
    ]
    for other in others {
      var wrong = parcel
      wrong.messages.insert(try other.serializedBytes(), at: 1)
      #expect(try exchange.take(wrong).code == .unexpected)
      wrong.messages.swapAt(0, 1)
      #expect(try refusal(of: wrong, exchange) == .unexpected)
    }
    var without = parcel
    without.messages.removeFirst()
    #expect(try refusal(of: without, exchange) == .unexpected)
    var twice = parcel
    twice.messages.insert(parcel.messages[0], at: 1)
    #expect(try exchange.take(twice).code == .unexpected)
    var elsewhere = parcel
    let follow = WireClientMessage.with { $0.follow = .init() }
    elsewhere.messages[2] = try follow.serializedBytes()
    #expect(try exchange.take(elsewhere).code == .malformed, "from another cursor than the hello's")
    // And a bundle's opening in a session.
    let peer = try Peer.welcomed(exchange, as: house.coordinator)
    #expect(peer.say(parcel.messages[0]) == ["< failure UNEXPECTED", "closed UNEXPECTED"])
  }

  @Test func aReplyThatLacksSomethingOrHasItTwiceIsRefused() throws {
    let house = try House()
    let (exchange, station) = (house.exchange, house.psychologist)
    for number in 0..<30 {
      try exchange.write(
        [house.note("\(number)" + denseText(9_000, seed: UInt64(number)))], at: house.coordinator)
    }
    try exchange.sync(house.coordinator)
    try exchange.write([house.note("own")], at: station)
    let reply = try exchange.take(exchange.bundle(of: station)).reply
    #expect(reply.messages.count >= 6)
    let before = station.replica
    for missing in reply.messages.indices where missing != 2 {
      station.replica = before
      var short = reply
      short.messages.remove(at: missing)
      #expect(throws: ProtocolError.self, "\(missing)") { try exchange.receive(short, at: station) }
      #expect(station.replica.cursor == before.cursor)
      station.replica = before
      var twice = reply
      twice.messages.insert(reply.messages[missing], at: missing)
      #expect(throws: ProtocolError.self, "\(missing)") { try exchange.receive(twice, at: station) }
      let isLast = missing == reply.messages.count - 1
      #expect(isLast || station.replica.cursor == before.cursor)
    }
    station.replica = before
    station.lastBundle = nil
    // Whatever came of those, the whole one brings everything.
    #expect(try exchange.receive(reply, at: station) == .taken)
    #expect(station.texts(.note, Field.Note.text).count == 31)
  }
}
