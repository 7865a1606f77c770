import CRDT
import CaseModel
import Crypto
import FoundationEssentials
import Replication
import SwiftProtobuf
import Testing
import WireProtocol

/// Work that a device kept sealed to its tenant, handed over by somebody who has the disk and no keys.
@Suite struct RescueTests {
  /// What lies on the disk of a device that wrote notes and sent nothing.
  struct Disk {
    let pass: RescuePass
    var items: [[UInt8]]
  }

  private func seal(
    _ content: [UInt8], to key: [UInt8], tenant: Identifier, actor: ActorID
  ) throws -> [UInt8] {
    var sender = try HPKE.Sender(
      recipientKey: Curve25519.KeyAgreement.PublicKey(rawRepresentation: key), ciphersuite: TenantSeal.suite,
      info: Data(TenantSeal.info(tenant: tenant, actor: actor)))
    return try Array(sender.encapsulatedKey) + Array(sender.seal(content))
  }

  func seal(_ content: [UInt8], _ house: House, as actor: ActorID) throws -> [UInt8] {
    let tenant = house.exchange.tenant
    return try seal(content, to: tenant.agreementKey, tenant: tenant.id, actor: actor)
  }

  private func disk(of station: Workstation, _ house: House, notes: Int) throws -> Disk {
    for number in 0..<notes { try house.exchange.write([house.note("note \(number)")], at: station) }
    let identity = station.identity
    var disk = Disk(pass: RescuePass(identity, serverURL: "ws://x", authorityFile: nil), items: [])
    var after: UInt64 = 0
    // In several pushes, as several commands would have sealed them.
    while let push = try RescuePush(
      Array(station.replica.pendingEntries(after: after, limit: 16)), by: identity)
    {
      after = push.lastEntry
      disk.items.append(try seal(push.content, house, as: station.actor))
    }
    return disk
  }

  /// Hands over items as the program does.
  func rescue(
    _ disk: Disk, _ house: House
  ) throws -> (answers: [RescueAnswer], code: ErrorCode?, lines: [String]) {
    let exchange = house.exchange
    let connection = exchange.open()
    defer { exchange.server.closed(connection) }
    var session = RescueSession(disk.pass)
    var actions = try session.connected(nonce: exchange.random.bytes(32), at: exchange.clientTime)
    var rest = disk.items[...]
    var (answers, lines): ([RescueAnswer], [String]) = ([], [])
    while true {
      var toSend: [[UInt8]] = []
      for action in actions {
        switch action {
        case .send(let bytes): toSend.append(bytes)
        case .opened: break
        case .answered(let answer): answers.append(answer)
        case .failed(let code): return (answers, code, lines)
        }
      }
      if toSend.isEmpty {
        guard let item = rest.popFirst() else { return (answers, nil, lines) }
        actions = try session.handOver(item, sealedBy: disk.pass.actor)
        continue
      }
      actions = []
      for bytes in toSend {
        lines.append(Line.of(Frame(connection: connection, direction: .toServer, bytes: bytes)))
        exchange.server.received(bytes, on: connection)
      }
      exchange.server.commit()
      for case .send(connection, let message) in exchange.server.takeOutput() {
        lines.append(Line.of(message))
        actions += session.messageReceived(try message.serializedBytes())
      }
    }
  }

  private func notes(_ station: Workstation) -> Int { station.texts(.note, Field.Note.text).count }

  @Test func whatWasUnsentArrivesOnceHoweverOftenItIsHandedOver() throws {
    let house = try House()
    let author = house.psychologist
    let disk = try disk(of: author, house, notes: 40)
    #expect(disk.items.count == 3)
    let first = try rescue(disk, house)
    #expect(first.code == nil)
    #expect(
      first.lines == [
        "> hello", "< hello", "> rescue", "< rescued 0", "> rescue item", "< rescued 16", "> rescue item",
        "< rescued 16", "> rescue item", "< rescued 8",
      ])
    #expect(first.answers.map(\.accepted) == [16, 16, 8] && first.answers.allSatisfy { $0.known == 0 })
    let position = house.exchange.server.store.position
    let second = try rescue(disk, house)
    #expect(second.answers.map(\.accepted) == [16, 16, 8] && second.answers.map(\.known) == [16, 16, 8])
    #expect(house.exchange.server.store.position == position)
    try house.exchange.sync(house.coordinator)
    #expect(notes(house.coordinator) == 40)
    // The device itself, should its passphrase be found, hears the same verdicts and goes on.
    try house.exchange.write([house.note("after")], at: author)
    let lines = try house.exchange.sync(author)
    #expect(lines.contains("< verdicts 1-16"), "\(lines)")
    #expect(author.replica.entries.allSatisfy { $0.verdict?.refusal == nil && $0.verdict != nil })
    #expect(house.exchange.server.store.position == position + 1)
  }

  /// Somebody has a copy of the disk, and adds what he likes.
  @Test func whatIsNotTheDevicesOwnIsRefusedAndNothingIsStored() throws {
    let house = try House()
    let exchange = house.exchange
    let author = house.psychologist
    let disk = try disk(of: author, house, notes: 2)
    let own = try #require(disk.items.first)
    var altered = own
    altered[altered.count / 2] ^= 1
    let elsewhere = try SigningKey(secret: exchange.random.bytes(32))
    let push = try #require(
      try RescuePush(Array(author.replica.pendingEntries(after: 0, limit: 9)), by: author.identity))
    // What the author signed, with another word in it.
    var forged = try WireSealedItem(serializedBytes: push.content)
    forged.push.signature[0] ^= 1
    // A stranger's work under the author's name: he has no key but his own.
    try exchange.write([house.note("not yours")], at: house.leader)
    let strange = try #require(
      try RescuePush(
        Array(house.leader.replica.pendingEntries(after: 0, limit: 9)), by: house.leader.identity))
    let taken = try #require(exchange.server.store.log.last)
    var unstamped = WireSealedItem()
    unstamped.change =
      OfferedChange(
        change: taken.change, previous: taken.digest,
        stamp: ChangeStamp(receivedAt: 1, isAccepted: true, seal: taken.seal)
      ).message
    var stamped = unstamped
    unstamped.change.clearStamp()
    // A stamp that belongs to something else.
    stamped.change.header = .init(
      ChangeHeader(
        record: exchange.identifier(), id: ChangeID(actor: author.actor, number: 1), author: author.person,
        writtenAt: 1, version: VersionVector()
      ).canonicalBytes)
    func sealed(_ item: WireSealedItem) throws -> [UInt8] {
      try seal(try item.serializedBytes(), house, as: author.actor)
    }
    let hostile: [(item: [UInt8], code: ErrorCode)] = [
      (exchange.random.bytes(300), .notOpened), ([], .notOpened),
      ([UInt8](repeating: 0, count: 80), .notOpened),
      (altered, .notOpened),
      (
        try seal(
          push.content, to: elsewhere.tenantAgreementKey, tenant: exchange.tenant.id, actor: author.actor),
        .notOpened
      ),
      (try seal(push.content, house, as: house.leader.actor), .notOpened),
      (try sealed(forged), .badSignature), (try seal(strange.content, house, as: author.actor), .unexpected),
      (try sealed(unstamped), .notProven), (try sealed(stamped), .notProven),
      (try sealed(.with { $0.chunk.offset = 0 }), .notProven), (try sealed(WireSealedItem()), .notProven),
      (try seal([0xff, 0xff], house, as: author.actor), .malformed),
    ]
    let before = exchange.server.store.position
    let journal = exchange.server.directory.devices[author.actor]?.journal
    var items = disk
    items.items = hostile.map(\.item)
    let result = try rescue(items, house)
    #expect(result.answers.map(\.code) == hostile.map(\.code) && result.code == nil)
    #expect(result.answers.allSatisfy { $0.accepted + $0.waiting == 0 })
    #expect(exchange.server.store.position == before)
    #expect(exchange.server.directory.devices[author.actor]?.journal == journal)
    // What is right between what is wrong arrives all the same.
    items.items = [altered, own, altered]
    #expect(try rescue(items, house).answers.map(\.accepted) == [0, 2, 0])
    // And who goes on with what is good for nothing is turned away.
    items.items = Array(repeating: altered, count: Limits.rescueFailures + 1)
    let many = try rescue(items, house)
    #expect(many.code == .limitExceeded && many.answers.count == Limits.rescueFailures)
  }

  @Test func nobodyIsLetInWithoutWhatTheDeviceSigned() throws {
    let house = try House()
    let station = house.psychologist
    let disk = try disk(of: station, house, notes: 1)
    func pass(
      tenant: Identifier? = nil, actor: ActorID? = nil, signature: [UInt8]? = nil
    ) -> Disk {
      Disk(
        pass: RescuePass(
          tenant: tenant ?? disk.pass.tenant, tenantKey: disk.pass.tenantKey, actor: actor ?? disk.pass.actor,
          signature: signature ?? disk.pass.signature, serverURL: "", authorityFile: nil), items: disk.items)
    }
    // One that is good for something else is none.
    let other = station.signingKey.sign(
      Transcript.rescue(tenant: disk.pass.tenant, actor: disk.pass.actor), for: .session)
    #expect(try rescue(pass(signature: other), house).code == .badSignature)
    #expect(try rescue(pass(signature: []), house).code == .badSignature)
    #expect(try rescue(pass(actor: house.leader.actor), house).code == .badSignature)
    #expect(try rescue(pass(actor: ActorID(rawValue: 5)), house).code == .unknownDevice)
    // The program finds another tenant by itself; here it is the server that does.
    let peer = Peer(house.exchange, key: station.signingKey)
    let elsewhere = house.exchange.identifier()
    _ = try peer.greet(as: station) { $0.tenant = .init(elsewhere.bytes) }
    #expect(
      try peer.say { $0.rescue.signature = .init(disk.pass.signature) }
        == ["< failure WRONG_TENANT", "closed WRONG_TENANT"])
    for early in [true, false] {
      let peer = Peer(house.exchange, key: station.signingKey)
      if !early { _ = try peer.greet(as: station) }
      #expect(
        try peer.say { $0.rescueItem.content = .init(disk.items[0]) }
          == ["< failure UNEXPECTED", "closed UNEXPECTED"])
    }
    // Nothing but items is taken on such a connection, and nothing is given.
    let open = Peer(house.exchange, key: station.signingKey)
    _ = try open.greet(as: station)
    #expect(
      try open.say { $0.rescue.signature = .init(disk.pass.signature) } == ["authenticated", "< rescued 0"])
    #expect(try open.say { $0.follow = .init() } == ["< failure UNEXPECTED", "closed UNEXPECTED"])
    #expect(house.exchange.server.store.log.allSatisfy { $0.change.header.id.actor != station.actor })
  }

  /// Whoever has the disk holds up no more than one connection with it.
  @Test func aNewerRescueEndsTheOlderOne() throws {
    let house = try House()
    let station = house.psychologist
    let disk = try disk(of: station, house, notes: 1)
    let older = Peer(house.exchange, key: station.signingKey)
    _ = try older.greet(as: station)
    _ = try older.say { $0.rescue.signature = .init(disk.pass.signature) }
    // The device itself is no such connection, and stays.
    try house.exchange.connect(station)
    house.exchange.run()
    let newer = Peer(house.exchange, key: station.signingKey)
    _ = try newer.greet(as: station)
    house.exchange.server.received(
      try WireClientMessage.with { $0.rescue.signature = .init(disk.pass.signature) }.serializedBytes(),
      on: newer.connection)
    let output = house.exchange.server.takeOutput()
    #expect(output.contains(.close(older.connection, .superseded)))
    #expect(output.contains(.authenticated(newer.connection)))
    #expect(output.count == 4 && station.connection.map { house.exchange.closed[$0] == nil } == true)
  }

  /// Of a device that is believed to be in good hands a person decides; of a stolen one nothing is taken.
  @Test(arguments: [false, true]) func whatARevokedDeviceLeft(isStolen: Bool) throws {
    let house = try House()
    let exchange = house.exchange
    let station = house.psychologist
    let disk = try disk(of: station, house, notes: 3)
    let id = try #require(exchange.server.directory.devices[station.actor]?.id)
    try exchange.connect(house.leader)
    exchange.run()
    try exchange.ask(.revoke(device: id, isStolen ? .stolen : .left), by: house.leader)
    exchange.run()
    exchange.cut(house.leader)
    let result = try rescue(disk, house)
    if isStolen {
      #expect(result.code == .deviceRevoked && result.answers.isEmpty)
    } else {
      #expect(result.answers.map(\.waiting) == [3] && result.answers[0].code == .accessEnded)
      #expect(try exchange.quarantine(of: house.coordinator).count == 3)
    }
  }

  /// A server that was set back gets again what it took before, from what a device keeps of a record that
  /// left its scope.
  @Test func whatHasAStampIsTakenBackOnce() throws {
    let house = try House()
    let exchange = house.exchange
    let station = house.psychologist
    let backup = exchange.server
    try exchange.write([house.note("was taken")], at: station)
    try exchange.sync(station)
    let taken = try #require(exchange.server.store.log.last { $0.change.header.id.actor == station.actor })
    let offered = OfferedChange(
      change: taken.change,
      previous: Chain.start(
        tenant: exchange.tenant.id, record: taken.change.header.record, actor: station.actor),
      stamp: ChangeStamp(receivedAt: taken.receivedAt, isAccepted: true, seal: taken.seal))
    let content: [UInt8] = try WireSealedItem.with { $0.change = offered.message }.serializedBytes()
    let disk = Disk(
      pass: RescuePass(station.identity, serverURL: "", authorityFile: nil),
      items: [try seal(content, house, as: station.actor)])
    #expect(try rescue(disk, house).answers.map(\.known) == [1])
    exchange.server = backup
    exchange.server.restart(seed: 77)
    #expect(try rescue(disk, house).answers.map { [$0.accepted, $0.known] } == [[1, 0]])
    #expect(try rescue(disk, house).answers.map { [$0.accepted, $0.known] } == [[1, 1]])
    #expect(exchange.server.store.log.count { $0.digest == taken.digest } == 1)
  }
}
