import CRDT
import CaseModel
import Replication
import SwiftProtobuf
import Testing
import WireProtocol

/// What is sent to whom, when, and how much at a time.
@Suite struct DeliveryTests {
  @Test func aNewDeviceGetsTheStateOfEverythingItsPersonMayRead() throws {
    let exchange = try Exchange()
    let station = try exchange.newcomer("Lene", as: .leader)
    for name in ["a", "b", "c"] {
      try exchange.write([CaseWork.person(id: exchange.identifier(), name: name)], at: station)
    }
    try exchange.sync(station)
    let colleague = try exchange.newcomer("Karin", as: .familyCoordinator)
    #expect(
      try exchange.sync(colleague) == [
        "> hello", "< hello", "> authentication", "< welcome, journal 0", "> follow",
        "< delivery 1, enters 3, cursor", "> delivered 1",
      ])
    #expect(colleague.texts(.person, Field.Person.name) == ["a", "b", "c"])
    #expect(colleague.replica.snapshots == station.replica.snapshots)
    // What it confirmed is not sent again; but without a cursor it says that it has nothing.
    #expect(try exchange.sync(colleague).last == "< delivery 2, cursor")
    let peer = try Peer.welcomed(exchange, as: colleague)
    let answer = try peer.say { $0.follow = .init() }
    #expect(answer == ["< delivery 2, enters 3, cursor"])
  }

  @Test func anEmptyTenantGreetsWithOneDelivery() throws {
    let exchange = try Exchange()
    let station = try exchange.newcomer("Lene", as: .leader)
    #expect(try exchange.sync(station).last == "< delivery 1, cursor")
  }

  @Test func aCommittedChangeIsPassedOnLive() throws {
    let house = try House()
    let exchange = house.exchange
    let everybody = [house.leader, house.coordinator, house.psychologist]
    try connectAll(house, everybody)
    try exchange.write(
      [house.annotation(Field.Assessment.childNotes, "walks", at: house.coordinator)],
      at: house.coordinator)
    // On its way, and not committed: nobody hears anything.
    #expect(exchange.takeLines(house.psychologist).isEmpty)
    exchange.run()
    #expect(exchange.takeLines(house.coordinator) == ["> push 1", "< verdicts 1, cursor"])
    #expect(exchange.takeLines(house.psychologist) == ["< delivery 3, changes 1, cursor"])
    #expect(exchange.takeLines(house.leader) == ["< delivery 2, changes 1, cursor"])
    for station in everybody {
      #expect(station.record(house.assessment)?.text(Field.Assessment.childNotes) == "walks")
      #expect(station.takeReports().last == .upToDate)
    }
  }

  @Test func whatIsWrittenInOneGroupArrivesInOneDelivery() throws {
    let house = try House()
    let exchange = house.exchange
    try connectAll(house, [house.coordinator, house.psychologist])
    try exchange.write([house.note("one")], at: house.coordinator)
    try exchange.write([house.note("two"), house.note("three")], at: house.coordinator)
    exchange.run()
    #expect(
      exchange.takeLines(house.psychologist) == ["< delivery 3, enters 3, cursor", "> delivered 3"])
    #expect(house.psychologist.texts(.note, Field.Note.text) == ["one", "three", "two"])
  }

  @Test func whoMayNotReadIsSentNothing() throws {
    let house = try House()
    let exchange = house.exchange
    let outsider = try exchange.newcomer("Ib", as: .coreTeam)
    try connectAll(house, [house.coordinator, outsider, house.leader])
    try exchange.write([house.note("for the case alone")], at: house.coordinator)
    try exchange.write(
      [CaseWork.person(id: exchange.identifier(), name: "for all staff")], at: house.coordinator)
    exchange.run()
    #expect(exchange.takeLines(outsider) == ["< delivery 2, enters 1, cursor", "> delivered 2"])
    #expect(outsider.texts(.person, Field.Person.name) == ["for all staff"])
    #expect(!Bytes.occurs("for the case alone", in: outsider.received))
    #expect(Bytes.occurs("for the case alone", in: house.leader.received))
  }

  @Test func aRefusedChangeReachesReadersAsVoidAndWithoutItsContent() throws {
    let house = try House()
    let exchange = house.exchange
    try connectAll(house, [house.coordinator, house.psychologist])
    let tooLong = "canary" + String(repeating: "x", count: Limits.payloadBytes)
    try exchange.write(
      [house.annotation(Field.Assessment.childNotes, tooLong, at: house.coordinator)],
      at: house.coordinator)
    exchange.run()
    #expect(
      exchange.takeLines(house.psychologist) == ["< delivery 3, changes 1, void 1, cursor"])
    #expect(!Bytes.occurs("canary", in: house.psychologist.received))
    let record = try #require(house.psychologist.record(house.assessment))
    #expect(record.text(Field.Assessment.childNotes) == nil)
    #expect(record.state.version[house.coordinator.actor] == 1)
    #expect(record.state == house.coordinator.record(house.assessment)?.state)
  }

  @Test func whoIsLetIntoACaseGetsItWhole() throws {
    let house = try House()
    let exchange = house.exchange
    let newcomer = try exchange.newcomer("Sofie", as: .coreTeam)
    try exchange.write([house.note("before her time")], at: house.coordinator)
    try exchange.sync(house.coordinator)
    try connectAll(house, [house.coordinator, newcomer])
    try exchange.write(
      [
        CaseWork.participant(
          id: exchange.identifier(), in: house.caseID, person: newcomer.person, role: .coreTeam,
          since: house.day)
      ], at: house.coordinator)
    exchange.run()
    #expect(exchange.takeLines(newcomer) == ["< delivery 2, enters 8, cursor", "> delivered 2"])
    #expect(newcomer.texts(.note, Field.Note.text) == ["before her time"])
    // From now on she is sent what changes.
    try exchange.write([house.note("in her time")], at: house.coordinator)
    exchange.run()
    #expect(newcomer.texts(.note, Field.Note.text) == ["before her time", "in her time"])
    #expect(newcomer.faults.isEmpty)
  }

  @Test func whoIsLetInWhileAwayGetsTheCaseAtTheNextFollow() throws {
    let house = try House()
    let exchange = house.exchange
    let newcomer = try exchange.newcomer("Sofie", as: .coreTeam)
    try exchange.sync(newcomer)
    #expect(newcomer.replica.records.isEmpty)
    try exchange.write(
      [
        CaseWork.participant(
          id: exchange.identifier(), in: house.caseID, person: newcomer.person, role: .coreTeam,
          since: house.day)
      ], at: house.coordinator)
    try exchange.sync(house.coordinator)
    #expect(try exchange.sync(newcomer).contains("< delivery 1, enters 7, cursor"))
    #expect(newcomer.record(house.assessment) != nil)
  }

  @Test func whoseParticipationEndedIsSentNothingMore() throws {
    let house = try House()
    let exchange = house.exchange
    try connectAll(house, [house.coordinator, house.psychologist])
    let part = try #require(
      CaseFile(id: house.caseID, records: house.coordinator.replica.records).participants.first {
        $0.part.person == house.psychologist.person
      })
    try exchange.write([CaseWork.end(participant: part.record, on: house.day)], at: house.coordinator)
    exchange.run()
    _ = exchange.takeLines(house.psychologist)
    try exchange.write([house.note("after the end")], at: house.coordinator)
    try exchange.write(
      [house.annotation(Field.Assessment.childNotes, "after the end", at: house.coordinator)],
      at: house.coordinator)
    exchange.run()
    #expect(exchange.takeLines(house.psychologist).isEmpty)
    exchange.cut(house.psychologist)
    try exchange.sync(house.psychologist)
    #expect(!Bytes.occurs("after the end", in: house.psychologist.received))
  }

  @Test func onlySessionsWithAScopeOfTheRecordAreAsked() {
    let mine = Identifier(high: 0, low: 1)
    let other = Identifier(high: 0, low: 2)
    let (one, two, three) = (
      ConnectionNumber(rawValue: 1), ConnectionNumber(rawValue: 2), ConnectionNumber(rawValue: 3)
    )
    var subscriptions = Subscriptions()
    subscriptions.subscribe(one, to: [.register, .caseFile(mine)])
    subscriptions.subscribe(two, to: [.register, .milestones])
    subscriptions.subscribe(three, to: [.alias(other)])
    func asked(_ kind: RecordKind, in caseID: Identifier?) -> Set<ConnectionNumber> {
      subscriptions.sessions(
        concernedBy: RecordReference(
          id: other, kind: kind, caseID: caseID, creator: nil, about: [], informationType: .none,
          receivedAt: nil))
    }
    #expect(asked(.note, in: mine) == [one])
    #expect(asked(.note, in: other).isEmpty)
    #expect(asked(.child, in: mine) == [one, two])
    #expect(asked(.person, in: nil) == [one, two])
    #expect(asked(.externalUpdate, in: other) == [three])
    #expect(subscriptions.subscribe(one, to: [.register, .caseFile(other)]) == [.caseFile(other)])
    #expect(asked(.note, in: mine).isEmpty && asked(.note, in: other) == [one])
    subscriptions.remove(one)
    #expect(asked(.note, in: other).isEmpty && asked(.person, in: nil) == [two])
  }

  /// What moved while somebody could not read it was passed over by his cursor, though he still holds it.
  @Test(arguments: [true, false]) func whoMayReadAgainIsBroughtUpToDate(whileConnected: Bool) throws {
    let house = try House()
    let exchange = house.exchange
    if whileConnected { try connectAll(house, [house.psychologist]) }
    let file = CaseFile(id: house.caseID, records: house.leader.replica.records)
    let part = try #require(file.participants.first { $0.part.person == house.psychologist.person })
    try exchange.write([CaseWork.end(participant: part.record, on: house.day)], at: house.leader)
    try exchange.sync(house.leader)
    try exchange.write(
      [house.annotation(Field.Assessment.childNotes, "meanwhile", at: house.leader)], at: house.leader)
    try exchange.write([CaseWork.person(id: exchange.identifier(), name: "for all")], at: house.leader)
    try exchange.sync(house.leader)
    if !whileConnected { try exchange.sync(house.psychologist) }
    #expect(house.psychologist.texts(.person, Field.Person.name).contains("for all"))
    #expect(house.psychologist.record(house.assessment)?.text(Field.Assessment.childNotes) == nil)
    let again = CaseWork.participant(
      id: exchange.identifier(), in: house.caseID, person: house.psychologist.person, role: .coreTeam,
      alias: nil, since: house.day)
    try exchange.write([again], at: house.leader)
    try exchange.sync(house.leader)
    if !whileConnected { try exchange.sync(house.psychologist) }
    let theirs = try #require(house.psychologist.record(house.assessment))
    #expect(theirs.text(Field.Assessment.childNotes) == "meanwhile")
    #expect(theirs.state == house.leader.record(house.assessment)?.state)
    #expect(house.psychologist.faults.isEmpty)
  }

  // MARK: Slow readers

  @Test func aReaderWhoConfirmsNothingIsSentSixteenDeliveriesAndThenTheLatestState() throws {
    let house = try House()
    let exchange = house.exchange
    try connectAll(house, [house.coordinator, house.psychologist])
    let slow = try #require(house.psychologist.connection)
    var held: [Frame] = []
    exchange.onFrame = { frame in
      guard frame.connection == slow, frame.direction == .toServer else { return [frame] }
      held.append(frame)
      return []
    }
    for number in 1...40 {
      try exchange.write(
        [house.annotation(Field.Assessment.childNotes, "version \(number)", at: house.coordinator)],
        at: house.coordinator)
      exchange.run()
    }
    let sent = exchange.takeLines(house.psychologist)
    // The sixteenth is the greeting.
    #expect(sent == (3..<18).map { "< delivery \($0), changes 1, cursor" })
    #expect(
      house.psychologist.record(house.assessment)?.text(Field.Assessment.childNotes) == "version 15")
    // One confirmation covers those before it; what waited comes at once.
    exchange.onFrame = { [$0] }
    exchange.send(try #require(held.last))
    exchange.run()
    #expect(
      exchange.takeLines(house.psychologist) == [
        "> delivered 17", "< delivery 18, changes 25, cursor",
      ])
    #expect(
      house.psychologist.record(house.assessment)?.text(Field.Assessment.childNotes) == "version 40")
  }

  @Test func whatWaitsIsNotSentToWhoMayNotReadItAnyMore() throws {
    let house = try House()
    let exchange = house.exchange
    try connectAll(house, [house.coordinator, house.psychologist])
    let slow = try #require(house.psychologist.connection)
    var held: [Frame] = []
    exchange.onFrame = { frame in
      guard frame.connection == slow, frame.direction == .toServer else { return [frame] }
      held.append(frame)
      return []
    }
    for number in 1...Limits.outstandingDeliveries {
      try exchange.write([house.note("note \(number)")], at: house.coordinator)
      exchange.run()
    }
    // The window is closed; this waits, and then his part in the case ends.
    try exchange.write([house.note("too late for him")], at: house.coordinator)
    exchange.run()
    let file = CaseFile(id: house.caseID, records: house.coordinator.replica.records)
    let part = try #require(file.participants.first { $0.part.person == house.psychologist.person })
    try exchange.write([CaseWork.end(participant: part.record, on: house.day)], at: house.coordinator)
    exchange.run()
    exchange.onFrame = { [$0] }
    for frame in held { exchange.send(frame) }
    exchange.run()
    // The greeting is one of the sixteen. What he got, he has wiped.
    #expect(Bytes.occurs("note \(Limits.outstandingDeliveries - 1)", in: house.psychologist.received))
    #expect(house.psychologist.texts(.note, Field.Note.text).isEmpty)
    #expect(!Bytes.occurs("too late for him", in: house.psychologist.received))
  }

  @Test func aDeliveryIsStoredBeforeItIsConfirmed() throws {
    let house = try House()
    let station = house.psychologist
    try house.exchange.connect(station)
    house.exchange.run()
    let delivery = WireServerMessage.with {
      $0.delivery.number = 3
      $0.delivery.cursor = .init([7])
    }
    let confirmation: [UInt8] = try WireClientMessage.with { $0.delivered.number = 3 }.serializedBytes()
    var session = try #require(station.session)
    let actions = try session.messageReceived(delivery.serializedBytes(), replica: station.replica)
    let taken = ReceivedDelivery(number: 3, enters: [], changes: [], cursor: [7], caughtUp: false)
    #expect(actions == [.store(.delivery(taken)), .send(confirmation)])
  }

  @Test func whileNothingWaitsOneConfirmationCoversEightDeliveries() throws {
    let house = try House()
    let exchange = house.exchange
    try connectAll(house, [house.coordinator, house.psychologist])
    for number in 1...24 {
      try exchange.write(
        [house.annotation(Field.Assessment.childNotes, "version \(number)", at: house.coordinator)],
        at: house.coordinator)
      exchange.run()
    }
    // The greeting, number 2, is the first of them.
    let confirmations = exchange.takeLines(house.psychologist).filter { $0.hasPrefix(">") }
    #expect(confirmations == ["> delivered 9", "> delivered 17", "> delivered 25"])
  }

  @Test func aConfirmationOfWhatWasNeverSentEndsTheSession() throws {
    let house = try House()
    let peer = try Peer.welcomed(house.exchange, as: house.psychologist)
    #expect(try peer.say { $0.follow = .init() } == ["< delivery 2, enters 6, cursor"])
    #expect(try peer.say { $0.delivered.number = 2 }.isEmpty)
    // Once more is harmless.
    #expect(try peer.say { $0.delivered.number = 2 }.isEmpty)
    #expect(try peer.say { $0.delivered.number = 3 } == ["< failure UNEXPECTED", "closed UNEXPECTED"])
  }

  @Test func oneFollowsOnce() throws {
    let house = try House()
    let peer = try Peer.welcomed(house.exchange, as: house.psychologist)
    #expect(try peer.say { $0.follow = .init() } == ["< delivery 2, enters 6, cursor"])
    #expect(try peer.say { $0.follow = .init() } == ["< failure UNEXPECTED", "closed UNEXPECTED"])
  }

  @Test func noMessageIsLargerThanTheLimit() throws {
    let house = try House()
    let exchange = house.exchange
    let text = denseText(48_000)
    for number in 0..<8 {
      try exchange.write([house.note("\(number) \(text)")], at: house.coordinator)
      try exchange.write(
        [house.annotation(Field.Assessment.childNotes, "\(number) \(text)", at: house.coordinator)],
        at: house.coordinator)
    }
    try exchange.sync(house.coordinator)
    #expect(house.coordinator.replica.refused.isEmpty)
    try exchange.sync(house.psychologist)
    let largest = house.psychologist.received.map(\.count).max() ?? 0
    #expect(largest <= Limits.messageBytes, "\(largest) bytes")
    let frames = exchange.everyFrame.map(\.count).max() ?? 0
    #expect(frames <= Limits.messageBytes, "\(frames) bytes")
    #expect(
      house.psychologist.replica.snapshots[house.assessment]
        == house.coordinator.replica.snapshots[house.assessment])
    #expect(house.psychologist.texts(.note, Field.Note.text).count == 8)
    #expect(house.psychologist.takeReports().last == .upToDate)
  }

  private func connectAll(_ house: House, _ stations: [Workstation]) throws {
    for station in stations { try house.exchange.connect(station) }
    house.exchange.run()
    for station in stations {
      _ = house.exchange.takeLines(station)
      _ = station.takeReports()
    }
  }
}
