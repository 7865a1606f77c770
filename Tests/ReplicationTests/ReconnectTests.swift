import CRDT
import CaseModel
import Replication
import SwiftProtobuf
import Testing
import WireProtocol

/// Going on after a connection broke: cursors, and deliveries that come again.
@Suite struct ReconnectTests {
  @Test func whoComesBackGetsOnlyWhatIsMissing() throws {
    let house = try House()
    let exchange = house.exchange
    try exchange.write(
      [house.annotation(Field.Assessment.childNotes, "while away", at: house.coordinator)],
      at: house.coordinator)
    try exchange.write([house.note("new")], at: house.coordinator)
    try exchange.sync(house.coordinator)
    #expect(
      try exchange.sync(house.psychologist) == [
        "> hello", "< hello", "> authentication", "< welcome, journal 0", "> follow from cursor",
        "< delivery 2, enters 1, changes 1, cursor", "> delivered 2",
      ])
    #expect(try exchange.sync(house.psychologist).last == "< delivery 3, cursor")
  }

  @Test func aCursorThatCameWithVerdictsCoversOwnWork() throws {
    let house = try House()
    let station = house.coordinator
    try house.exchange.write([house.note("mine")], at: station)
    try house.exchange.sync(station)
    #expect(try house.exchange.sync(station).contains { $0.contains("changes") } == false)
    #expect(station.faults.isEmpty)
  }

  @Test func aDeliveryThatWasLostComesAgain() throws {
    let house = try House()
    let exchange = house.exchange
    try exchange.write([house.note("new")], at: house.coordinator)
    try exchange.sync(house.coordinator)
    exchange.onFrame = { Line.of($0).hasPrefix("< delivery") ? [] : [$0] }
    try exchange.sync(house.psychologist)
    #expect(house.psychologist.texts(.note, Field.Note.text).isEmpty)
    exchange.onFrame = { [$0] }
    #expect(try exchange.sync(house.psychologist).contains("< delivery 2, enters 1, cursor"))
    #expect(house.psychologist.texts(.note, Field.Note.text) == ["new"])
  }

  @Test func aConfirmationThatWasLostDoesNoHarm() throws {
    let house = try House()
    let exchange = house.exchange
    try exchange.write([house.note("new")], at: house.coordinator)
    try exchange.sync(house.coordinator)
    exchange.onFrame = { Line.of($0).hasPrefix("> delivered") ? [] : [$0] }
    try exchange.sync(house.psychologist)
    exchange.onFrame = { [$0] }
    // The device's work on what it was sent goes on over it.
    let note = try #require(house.psychologist.replica.records.first { $0.kind == .note })
    var draft = RecordDraft.change(note)
    draft.write(Field.Note.title, "by Poul")
    try exchange.write([draft], at: house.psychologist)
    try exchange.write(
      [house.annotation(Field.Assessment.childNotes, "later", at: house.coordinator)],
      at: house.coordinator)
    try exchange.sync(house.coordinator)
    try exchange.sync(house.psychologist)
    try exchange.sync(house.coordinator)
    #expect(house.psychologist.faults.isEmpty && house.coordinator.faults.isEmpty)
    #expect(house.psychologist.texts(.note, Field.Note.title) == ["by Poul"])
    #expect(house.psychologist.replica.snapshots == house.coordinator.replica.snapshots)
  }

  @Test func aConnectionCutAtAnyMessageLeavesNothingBehind() throws {
    // Both have work; each message in turn is the last that arrives, and then one whole session follows.
    for cutAfter in 0..<14 {
      let house = try House()
      let exchange = house.exchange
      try exchange.write([house.note("hers")], at: house.coordinator)
      try exchange.write([house.note("his")], at: house.psychologist)
      try exchange.sync(house.coordinator)
      var passed = 0
      exchange.onFrame = { frame in
        passed += 1
        return passed <= cutAfter ? [frame] : []
      }
      try exchange.sync(house.psychologist)
      exchange.onFrame = { [$0] }
      _ = house.psychologist.takeReports()
      try exchange.sync(house.psychologist)
      try exchange.sync(house.coordinator)
      let texts = house.psychologist.texts(.note, Field.Note.text)
      #expect(texts == ["hers", "his"], "cut after \(cutAfter)")
      #expect(house.psychologist.takeReports() == [.opened, .upToDate], "cut after \(cutAfter)")
      #expect(house.coordinator.texts(.note, Field.Note.text) == ["hers", "his"])
      #expect(house.psychologist.faults.isEmpty && house.coordinator.faults.isEmpty)
      let log = exchange.server.store.log
      #expect(log.count { $0.change.header.id.actor == house.psychologist.actor } == 1)
    }
  }

  @Test func aFirstExchangeThatBrokeOffGoesOnWhereItStood() throws {
    let house = try House()
    let exchange = house.exchange
    let text = denseText(40_000)
    for number in 0..<9 { try exchange.write([house.note("\(number) \(text)")], at: house.coordinator) }
    try exchange.sync(house.coordinator)
    let device = try exchange.newcomer("tablet", as: .familyCoordinator, person: house.coordinator.person)
    var passed = 0
    exchange.onFrame = { frame in
      guard Line.of(frame).hasPrefix("< delivery") else { return [frame] }
      passed += 1
      return passed <= 2 ? [frame] : []
    }
    let before = try exchange.sync(device)
    let held = device.replica.snapshots.count
    #expect(before.contains { $0.hasPrefix("< delivery 1,") && $0.hasSuffix("cursor, more") })
    exchange.onFrame = { [$0] }
    let after = try exchange.sync(device)
    #expect(after.contains("> follow from cursor"))
    #expect(held > 0 && Self.entered(after) == device.replica.snapshots.count - held)
    #expect(device.replica.snapshots == house.coordinator.replica.snapshots)
    #expect(device.faults.isEmpty)
  }

  @Test func aDeviceThatWasPutBackGetsAllThatItLacksHoweverManyDeliveriesItTakes() throws {
    let house = try House()
    let exchange = house.exchange
    let station = house.psychologist
    try exchange.connect(station)
    exchange.run()
    let backup = station.replica
    let text = denseText(40_000)
    for number in 0..<9 { try exchange.write([house.note("\(number) \(text)")], at: house.coordinator) }
    try exchange.sync(house.coordinator)
    exchange.run()
    exchange.cut(station)
    #expect(station.replica.snapshots == house.coordinator.replica.snapshots)
    station.replica = backup
    for parts in 1...3 {
      var passed = 0
      exchange.onFrame = { frame in
        guard Line.of(frame).hasPrefix("< delivery") else { return [frame] }
        passed += 1
        return passed <= parts ? [frame] : []
      }
      let lines = try exchange.sync(station)
      #expect(lines.contains(parts == 1 ? "> follow" : "> follow from cursor"))
    }
    exchange.onFrame = { [$0] }
    try exchange.sync(station)
    #expect(station.replica.snapshots == house.coordinator.replica.snapshots)
    #expect(station.faults.isEmpty)
  }

  private static func entered(_ lines: [String]) -> Int {
    lines.filter { $0.hasPrefix("< delivery") }.compactMap { line in
      line.split(separator: ", ").first { $0.hasPrefix("enters ") }.flatMap { Int($0.dropFirst(7)) }
    }.reduce(0, +)
  }

  @Test func aDeliveryInPartsThatBrokeOffLeavesNothingOut() throws {
    let house = try House()
    let exchange = house.exchange
    let text = denseText(40_000)
    for number in 0..<9 {
      try exchange.write(
        [house.annotation(Field.Assessment.childNotes, "\(number) \(text)", at: house.coordinator)],
        at: house.coordinator)
      try exchange.write([house.note("\(number) \(text)")], at: house.coordinator)
    }
    try exchange.sync(house.coordinator)
    for parts in [1, 2, 3] {
      var passed = 0
      exchange.onFrame = { frame in
        guard Line.of(frame).hasPrefix("< delivery") else { return [frame] }
        passed += 1
        return passed <= parts ? [frame] : []
      }
      let lines = try exchange.sync(house.psychologist)
      #expect(lines.contains { $0.hasPrefix("< delivery") && $0.hasSuffix("more") })
    }
    exchange.onFrame = { [$0] }
    try exchange.sync(house.psychologist)
    #expect(house.psychologist.faults.isEmpty)
    #expect(house.psychologist.texts(.note, Field.Note.text).count == 9)
    #expect(
      house.psychologist.replica.snapshots[house.assessment]
        == house.coordinator.replica.snapshots[house.assessment])
  }

  @Test func aDeliverySentTwiceIsConfirmedTwiceAndTakenInOnce() throws {
    let house = try House()
    let exchange = house.exchange
    try exchange.write([house.note("new")], at: house.coordinator)
    try exchange.sync(house.coordinator)
    try exchange.connect(house.psychologist)
    var first: Frame?
    exchange.onFrame = { frame in
      guard frame.connection == house.psychologist.connection, Line.of(frame).hasPrefix("< delivery") else {
        return [frame]
      }
      // The first delivery comes once more behind the second.
      defer { first = first ?? frame }
      return [frame] + (first.map { [$0] } ?? [])
    }
    exchange.run()
    let id = try #require(house.psychologist.replica.records.first { $0.kind == .note }).id
    try exchange.connect(house.coordinator)
    exchange.run()
    let drafts = CaseWork.edit(note: try #require(house.coordinator.record(id)), to: "newer")
    try exchange.write(drafts, at: house.coordinator)
    _ = exchange.takeLines(house.psychologist)
    exchange.run()
    #expect(
      exchange.takeLines(house.psychologist) == [
        "< delivery 3, changes 1, cursor", "< delivery 2, enters 1, cursor", "> delivered 2",
      ])
    #expect(house.psychologist.texts(.note, Field.Note.text) == ["newer"])
    #expect(house.psychologist.replica.deliveries.suffix(2) == [2, 3])
    #expect(house.psychologist.faults.isEmpty && house.psychologist.connection != nil)
  }

  @Test func aDeliveryThatIsMissingEndsTheSession() throws {
    let house = try House()
    let exchange = house.exchange
    try exchange.connect(house.coordinator)
    try exchange.connect(house.psychologist)
    exchange.run()
    _ = house.psychologist.takeReports()
    exchange.onFrame = { Line.of($0).hasPrefix("< delivery 3") ? [] : [$0] }
    try exchange.write([house.note("lost on the way")], at: house.coordinator)
    exchange.run()
    try exchange.write([house.note("next")], at: house.coordinator)
    exchange.run()
    #expect(house.psychologist.takeReports() == [.failed(.unexpected)])
    exchange.onFrame = { [$0] }
    try exchange.sync(house.psychologist)
    #expect(house.psychologist.texts(.note, Field.Note.text) == ["lost on the way", "next"])
  }

  // MARK: Cursors

  @Test func aCursorThatWasTamperedWithIsMalformed() throws {
    let house = try House()
    let station = house.psychologist
    for place in station.replica.cursor.indices {
      var cursor = station.replica.cursor
      cursor[place] ^= 1
      let peer = try Peer.welcomed(house.exchange, as: station)
      #expect(
        try peer.say { $0.follow.cursor = .init(cursor) } == ["< failure MALFORMED", "closed MALFORMED"],
        "byte \(place)")
    }
    let peer = try Peer.welcomed(house.exchange, as: station)
    #expect(try peer.say { $0.follow.cursor = .init([1]) } == ["< failure MALFORMED", "closed MALFORMED"])
  }

  @Test func anotherDevicesCursorIsWorthNothing() throws {
    let house = try House()
    let peer = try Peer.welcomed(house.exchange, as: house.psychologist)
    let cursor = house.coordinator.replica.cursor
    #expect(
      try peer.say { $0.follow.cursor = .init(cursor) } == ["< failure MALFORMED", "closed MALFORMED"])
  }

  @Test func aCursorOfAnotherEpochOrFromTheFutureIsRefused() throws {
    let house = try House()
    let tenant = house.exchange.tenant
    let actor = house.psychologist.actor
    let end = house.exchange.server.store.position
    let cursors = [
      tenant.stampKey.sealCursor(
        .init(position: 1, epoch: Identifier(high: 1, low: 1), mark: 0, givenAt: 0), actor: actor),
      tenant.stampKey.sealCursor(
        .init(position: end + 1, epoch: tenant.epoch, mark: 0, givenAt: 0), actor: actor),
    ]
    for cursor in cursors {
      let peer = try Peer.welcomed(house.exchange, as: house.psychologist)
      #expect(
        try peer.say { $0.follow.cursor = .init(cursor) } == [
          "< failure MALFORMED", "closed MALFORMED",
        ])
    }
  }

  @Test func thePositionCannotBeReadFromACursor() throws {
    let tenant = try Exchange().tenant
    let actor = ActorID(rawValue: 9)
    let one = tenant.stampKey.sealCursor(
      .init(position: 1, epoch: tenant.epoch, mark: 3, givenAt: 0), actor: actor)
    let two = tenant.stampKey.sealCursor(
      .init(position: 2, epoch: tenant.epoch, mark: 3, givenAt: 0), actor: actor)
    #expect(zip(one, two).count { $0 != $1 } > 24)
  }
}
