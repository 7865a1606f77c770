import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// Rights that begin and end at an instant at which nobody writes anything.
@Suite struct TimeTests {
  private static let hour: Int64 = 3_600_000

  /// A house, somebody who takes part in its case from an instant on, for an hour, and that instant.
  private func house() throws -> (house: House, station: Workstation, from: Int64) {
    let house = try House()
    let exchange = house.exchange
    let station = try exchange.newcomer("Ulla", as: .coreTeam)
    let from = exchange.server.now + Self.hour
    try exchange.write(
      [
        CaseWork.participant(
          id: exchange.identifier(), in: house.caseID, person: station.person, role: .coreTeam, from: from,
          until: from + Self.hour)
      ], at: house.leader)
    try exchange.write([house.note("before")], at: house.leader)
    try exchange.sync(house.leader)
    return (house, station, from)
  }

  private func notes(_ station: Workstation) -> Set<String> { Set(station.texts(.note, Field.Note.text)) }

  @Test func whoIsConnectedIsSentTheCaseWhenTheTimeComesAndWipesItWhenItIsOver() throws {
    let (house, station, from) = try house()
    let exchange = house.exchange
    try exchange.connect(station)
    exchange.run()
    #expect(notes(station).isEmpty && exchange.server.nextChange == from)
    exchange.server.pass(until: from - 2)
    exchange.run()
    #expect(notes(station).isEmpty)
    exchange.server.pass(until: from)
    exchange.run()
    #expect(notes(station) == ["before"] && exchange.server.nextChange == from + Self.hour)
    exchange.server.pass(until: from + Self.hour)
    exchange.run()
    try exchange.write([house.note("after")], at: house.leader)
    try exchange.sync(house.leader)
    exchange.run()
    #expect(notes(station).isEmpty && exchange.server.nextChange == .max)
    #expect(station.faults.isEmpty)
  }

  /// A device that was put back waits for its confirmation, stays connected, and has what it had.
  @Test func whoWaitsForAConfirmationWipesWhatIsOverToo() throws {
    let (house, station, from) = try house()
    let exchange = house.exchange
    exchange.server.now = from + 1
    try exchange.sync(station)
    try house.fork(station)
    try exchange.connect(station)
    exchange.run()
    #expect(notes(station).contains("before"))
    #expect(exchange.server.directory.devices[station.actor]?.isConfirmed == false)
    exchange.server.pass(until: from + Self.hour)
    exchange.run()
    #expect(notes(station).isEmpty && station.faults.isEmpty)
  }

  /// Its cursor lies behind everything: nothing moved since.
  @Test func whoWasNotConnectedThenIsSentTheCaseAfterwards() throws {
    let (house, station, from) = try house()
    let exchange = house.exchange
    try exchange.sync(station)
    #expect(notes(station).isEmpty)
    exchange.server.now = from + 1_000
    #expect(try exchange.sync(station).contains("> follow from cursor"))
    #expect(notes(station) == ["before"])
    // Once more brings nothing twice.
    #expect(try !exchange.sync(station).contains { $0.contains("enters 1") })
    #expect(station.faults.isEmpty)
  }

  @Test func theClockIsSetBackAndWhatItBroughtGoesAndComesAgain() throws {
    let (house, station, from) = try house()
    let exchange = house.exchange
    try exchange.connect(station)
    exchange.run()
    let half = Self.hour / 2
    let steps: [(instant: Int64, isShown: Bool)] = [
      (from, true), (from - half, false), (from + 1, true), (from + Self.hour, false), (from + half, true),
    ]
    for (instant, isShown) in steps {
      exchange.server.pass(until: instant)
      exchange.run()
      #expect(notes(station) == (isShown ? ["before"] : []))
    }
    try exchange.write([house.note("after")], at: house.leader)
    try exchange.sync(house.leader)
    exchange.run()
    #expect(notes(station) == ["before", "after"])
    #expect(station.faults.isEmpty)
  }

  /// What she might not read by a clock that was ahead was passed over by her cursor, though it lies before
  /// it and all that it lies behind was received in time.
  @Test(arguments: [false, true])
  func whatWasPassedOverByAClockThatWasAheadIsSent(isFollowedByMore: Bool) throws {
    let (house, station, from) = try house()
    let exchange = house.exchange
    exchange.server.now = from + 1_000
    try exchange.write([house.note("within")], at: house.leader)
    try exchange.sync(house.leader)
    exchange.server.now = from + 2 * Self.hour
    try exchange.sync(station)
    #expect(notes(station).isEmpty)
    exchange.server.now = from + 5_000
    if isFollowedByMore {
      try exchange.write([house.note("later")], at: house.leader)
      try exchange.sync(house.leader)
    }
    try exchange.sync(station)
    let shown: Set = isFollowedByMore ? ["before", "within", "later"] : ["before", "within"]
    #expect(notes(station) == shown)
    #expect(station.faults.isEmpty)
  }

  /// When, by the server's clock, somebody was given a part that goes from an hour ago to an hour from now.
  enum GivenBy: CaseIterable {
    case aClockThatWasAhead, aClockThatWasBehind, aClockThatWasBehindWhenTheServerWasStarted
  }

  /// She was away then; another change of what governs the case is received after the clock was set right,
  /// or none.
  @Test(arguments: GivenBy.allCases, [false, true])
  func whatWasGivenByAWrongClockIsSentOnceItIsSetRight(by clock: GivenBy, isFollowedByMore: Bool) throws {
    let house = try House()
    let exchange = house.exchange
    let station = try exchange.newcomer("Ulla", as: .coreTeam)
    try exchange.write([house.note("before")], at: house.leader)
    try exchange.sync(house.leader)
    let from = exchange.server.now - Self.hour
    try exchange.sync(station)
    func part(of person: Identifier) -> RecordDraft {
      CaseWork.participant(
        id: exchange.identifier(), in: house.caseID, person: person, role: .coreTeam, from: from,
        until: from + 2 * Self.hour)
    }
    let now = exchange.server.now
    if clock == .aClockThatWasBehindWhenTheServerWasStarted { exchange.server.restart(seed: 9) }
    exchange.server.now = clock == .aClockThatWasAhead ? from + 3 * Self.hour : from - Self.hour
    try exchange.write([part(of: station.person)], at: house.leader)
    try exchange.sync(house.leader)
    exchange.server.now = now + 1_000
    if isFollowedByMore {
      try exchange.write([part(of: house.psychologist.person)], at: house.leader)
      try exchange.sync(house.leader)
    }
    try exchange.sync(station)
    #expect(notes(station) == ["before"])
    // Once more brings nothing twice.
    #expect(try !exchange.sync(station).contains { $0.contains("enters 1") })
    #expect(station.faults.isEmpty)
  }

  /// Both changes stood in one group, and what the time has brought was looked at between them.
  @Test func whatWasTakenAndGivenAgainWithinAGroupWasNotTaken() throws {
    let (house, station, from) = try house()
    let exchange = house.exchange
    let leader = house.leader
    exchange.server.now = from + 1
    try exchange.connect(station)
    try exchange.connect(leader)
    exchange.run()
    #expect(notes(station) == ["before"])
    func part(_ person: Identifier, until: Int64?) -> RecordDraft {
      CaseWork.participant(
        id: exchange.identifier(), in: house.caseID, person: person, role: .coreTeam, from: from,
        until: until)
    }
    // Somebody else's part, which makes it be looked at what Ulla holds when it ends.
    let bound = from + Self.hour / 2
    try exchange.write([part(house.psychologist.person, until: bound)], at: leader)
    exchange.run()
    let ulla = try #require(
      leader.replica.records.first {
        $0.kind == .participant && $0.identifier(Field.Participant.person) == station.person
      })
    var pushes = 0
    exchange.beforeArrival = { frame in
      guard frame.direction == .toServer, frame.connection == leader.connection else { return }
      pushes += 1
      if pushes == 2 { exchange.server.look(at: bound) }
    }
    try exchange.write([CaseWork.end(participant: ulla, on: house.day)], at: leader)
    try exchange.write([part(station.person, until: nil)], at: leader)
    exchange.run()
    exchange.beforeArrival = { _ in }
    #expect(pushes == 2)
    try exchange.write([try house.annotation(Field.Assessment.childNotes, "seen", at: leader)], at: leader)
    exchange.run()
    #expect(notes(station) == ["before"])
    #expect(station.texts(.assessment, Field.Assessment.childNotes) == ["seen"])
    #expect(station.faults.isEmpty && !exchange.transcript(station).contains { $0.hasPrefix("< exit") })
  }

  /// A part begins in the moment in which something is withheld: what the time brought leaves before, and is
  /// wiped.
  @Test func whatTheTimeBringsLeavesBeforeTheGroupThatWithholdsIt() throws {
    let (house, station, from) = try house()
    let exchange = house.exchange
    let leader = house.leader
    try exchange.connect(station)
    try exchange.connect(leader)
    exchange.run()
    let note = try #require(leader.replica.records.first { $0.kind == .note })
    exchange.server.now = from
    try exchange.write(
      [
        CaseWork.withhold(
          id: exchange.identifier(), in: house.caseID, from: station.person, records: [note.id])
      ],
      at: leader)
    exchange.run()
    let lines = exchange.transcript(station)
    let brought = try #require(lines.firstIndex { $0.hasPrefix("< delivery") && !$0.contains("enters 0") })
    let exit = try #require(lines.firstIndex { $0.hasPrefix("< exit") })
    #expect(brought < exit && notes(station).isEmpty && station.record(house.assessment) != nil)
    #expect(station.faults.isEmpty)
  }
}
