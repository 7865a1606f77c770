import CRDT
import CaseModel
import Replication
import SwiftProtobuf
import Testing
import WireProtocol

/// What a replica does in which order, and what waits for the disk.
@Suite struct ReplicaMachineTests {
  /// A device in the middle of a session with nothing waiting, and the machine that drives it.
  private func running() throws -> (house: House, station: Workstation, machine: ReplicaMachine) {
    let house = try House()
    try house.exchange.connect(house.psychologist)
    house.exchange.run()
    return (house, house.psychologist, try #require(house.psychologist.machine))
  }

  private func bytes(_ fill: (inout WireServerMessage) -> Void) throws -> [UInt8] {
    try WireServerMessage.with(fill).serializedBytes()
  }

  private func sent(_ fill: (inout WireClientMessage) -> Void) throws -> ReplicaMachine.Action {
    .send(try WireClientMessage.with(fill).serializedBytes())
  }

  private func delivery(_ number: UInt64, caughtUp: Bool = true) throws -> [UInt8] {
    try bytes {
      $0.delivery.number = number
      $0.delivery.cursor = .init([UInt8(number)])
      $0.delivery.caughtUp = caughtUp
    }
  }

  private func taken(_ number: UInt64, caughtUp: Bool = true) -> ReceivedDelivery {
    ReceivedDelivery(
      number: number, enters: [], changes: [], cursor: [UInt8(number)], caughtUp: caughtUp)
  }

  /// A delivery in which a record enters, as another device's was.
  private func entering(_ number: UInt64, _ house: House) throws -> [UInt8] {
    let snapshot = try #require(house.coordinator.replica.snapshots[house.assessment])
    return try bytes {
      $0.delivery.number = number
      $0.delivery.caughtUp = true
      $0.delivery.enters = [
        .with {
          $0.generation = 9
          $0.state = .init(snapshot.encoded)
        }
      ]
    }
  }

  @Test func nothingIsSaidBeforeWhatItStandsOnIsStored() throws {
    var (_, station, machine) = try running()
    let received = try machine.received(delivery(3, caughtUp: false), at: 5, replica: station.replica)
    #expect(received == [.store(.delivery(taken(3, caughtUp: false), caughtUpAt: nil))])
    #expect(
      try machine.stored(replica: station.replica) == [sent { $0.delivered = .with { $0.number = 3 } }])
  }

  @Test func thatNothingWaitsIsStoredWithWhatWasWaitedForAndToldAfterwards() throws {
    var (_, station, machine) = try running()
    #expect(
      try machine.received(delivery(3), at: 77, replica: station.replica)
        == [.store(.delivery(taken(3), caughtUpAt: 77))])
    #expect(try machine.stored(replica: station.replica) == [.report(.upToDate)])
  }

  /// Found by simulation (seed 98): who waits for attachments' bytes reports it later.
  @Test func whatIsWrittenMeanwhileIsNotUpToDate() throws {
    var (house, station, machine) = try running()
    #expect(machine.isUpToDate)
    try house.exchange.write([house.note("meanwhile", id: house.exchange.identifier())], at: station)
    let sent = try machine.entriesWritten(replica: station.replica)
    #expect(sent.count == 1 && !machine.isUpToDate)
    _ = try machine.received(delivery(3), at: 5, replica: station.replica)
    #expect(!machine.isUpToDate)
    #expect(try machine.stored(replica: station.replica).isEmpty && !machine.isUpToDate)
  }

  /// What is signed while it is being written is sent as if it had been signed afterwards.
  @Test func anEntryIsSentOnceItIsWritten() throws {
    let (house, station, machine) = try running()
    let note = house.note("begun", id: house.exchange.identifier())
    let entry = try house.exchange.write([note], at: station)
    var plain = machine
    let sent = try plain.entriesWritten([entry], replica: station.replica)
    var early = machine
    try early.entryBegun(entry)
    #expect(early.isUpToDate)
    #expect(try early.entriesWritten([entry], replica: station.replica) == sent && sent.count == 1)
    // It is sent once, whoever tells of it again.
    #expect(try early.entriesWritten([entry], replica: station.replica).isEmpty)
    #expect(try early.entriesWritten(replica: station.replica).isEmpty)
  }

  @Test func anEntryThatWasNotWrittenIsNotSent() throws {
    let (house, station, machine) = try running()
    // What was begun and not written: here another device of the same begins the same entry.
    var lost = station.replica
    let draft = house.note("never written", id: house.exchange.identifier())
    let begun = try lost.write([draft], at: 1) { house.exchange.identifier() }
    let entry = try house.exchange.write(
      [house.note("written", id: house.exchange.identifier())], at: station)
    var plain = machine
    let sent = try plain.entriesWritten([entry], replica: station.replica)
    var early = machine
    try early.entryBegun(begun)
    #expect(try early.tick(replica: station.replica).isEmpty)
    #expect(try early.entriesWritten([entry], replica: station.replica) == sent && sent.count == 1)
  }

  @Test func thatARecordEnteredIsConfirmedOnceTheDiskHasIt() throws {
    var (house, station, machine) = try running()
    let received = try machine.received(entering(3, house), at: 5, replica: station.replica)
    guard case .store(.delivery(let delivery, caughtUpAt: 5)) = received.first, received.count == 1 else {
      Issue.record("not stored first: \(received)")
      return
    }
    #expect(delivery.enters.count == 1)
    #expect(try machine.stored(replica: station.replica) == [.flush])
    #expect(
      try machine.flushed(replica: station.replica)
        == [sent { $0.delivered = .with { $0.number = 3 } }, .report(.upToDate)])
  }

  @Test func whatHappensWhileTheDiskWorksWaitsItsTurn() throws {
    var (_, station, machine) = try running()
    _ = try machine.received(delivery(3), at: 5, replica: station.replica)
    #expect(try machine.received(delivery(4), at: 6, replica: station.replica).isEmpty)
    #expect(try machine.entriesWritten(replica: station.replica).isEmpty)
    #expect(try machine.connectionEnded("closed", replica: station.replica).isEmpty)
    #expect(
      try machine.stored(replica: station.replica)
        == [.report(.upToDate), .store(.delivery(taken(4), caughtUpAt: 6))])
    #expect(
      try machine.stored(replica: station.replica)
        == [.report(.upToDate), .report(.ended("closed")), .end])
    #expect(try machine.received(delivery(5), at: 7, replica: station.replica).isEmpty)
  }

  @Test func whatDoesNotFitIsAskedForAgainFromTheBeginning() throws {
    var (house, station, machine) = try running()
    _ = try machine.received(entering(3, house), at: 5, replica: station.replica)
    #expect(try machine.didNotFit(replica: station.replica) == [.store(.forgetCursor)])
    #expect(
      try machine.stored(replica: station.replica) == [.report(.ended("behind")), .end])
  }

  @Test func aCursorThatTheServerCannotReadIsForgotten() throws {
    var (_, station, machine) = try running()
    let failure = try bytes {
      $0.failure.code = ErrorCode.malformed.rawValue
      $0.failure.fatal = true
    }
    #expect(
      try machine.received(failure, at: 5, replica: station.replica) == [.store(.forgetCursor)])
    #expect(
      try machine.stored(replica: station.replica) == [.report(.failed(.malformed)), .end])
  }

  @Test func whatTheServerOwesForTooLongEndsTheConnection() throws {
    var (house, station, machine) = try running()
    // Nothing is owed: the session may be silent for ever.
    for _ in 0..<10 { #expect(try machine.tick(replica: station.replica).isEmpty) }
    try house.exchange.write([CaseWork.person(id: house.exchange.identifier(), name: "Bo")], at: station)
    let sent = try machine.entriesWritten(replica: station.replica)
    #expect(sent.count == 1)
    for _ in 0..<3 { #expect(try machine.tick(replica: station.replica).isEmpty) }
    // Something came: the count begins anew.
    _ = try machine.received(delivery(3), at: 5, replica: station.replica)
    _ = try machine.stored(replica: station.replica)
    for _ in 0..<4 { #expect(try machine.tick(replica: station.replica).isEmpty) }
    #expect(try machine.tick(replica: station.replica) == [.report(.ended("no_progress")), .end])
  }

  @Test func aServerThatDoesNotGreetIsGivenUp() throws {
    let house = try House()
    let station = house.psychologist
    var machine = ReplicaMachine(identity: station.identity)
    _ = try machine.connected(nonce: [UInt8](repeating: 1, count: 32), at: 5, replica: station.replica)
    for _ in 0..<3 { #expect(try machine.tick(replica: station.replica).isEmpty) }
    #expect(try machine.tick(replica: station.replica) == [.report(.ended("no_progress")), .end])
  }

  @Test func anyOtherFailureLeavesTheCursor() throws {
    var (_, station, machine) = try running()
    let failure = try bytes {
      $0.failure.code = ErrorCode.retry.rawValue
      $0.failure.fatal = true
    }
    #expect(
      try machine.received(failure, at: 5, replica: station.replica) == [.report(.failed(.retry)), .end])
  }

  @Test func whatIsWrittenMeanwhileIsSentBeforeVerdictsAreStored() throws {
    let house = try House()
    let station = house.psychologist
    var held: [Frame] = []
    try house.exchange.connect(station)
    house.exchange.run()
    house.exchange.onFrame = { frame in
      guard Line.of(frame).hasPrefix("< verdicts") else { return [frame] }
      held.append(frame)
      return []
    }
    try house.exchange.write([house.note("one")], at: station)
    house.exchange.run()
    try station.replica.write([house.note("two")], at: 1) { house.exchange.identifier() }
    var machine = try #require(station.machine)
    let verdict = try #require(held.first)
    let actions = try machine.received(verdict.bytes, at: 5, replica: station.replica)
    let kinds = actions.map { action in
      switch action {
      case .send(let message):
        Line.of(Frame(connection: 0, direction: .toServer, bytes: message))
      case .store(.verdicts(let verdicts, _, let caughtUpAt)):
        "verdicts \(verdicts.map(\.entry)) \(caughtUpAt.map { "\($0)" } ?? "-")"
      default: "\(action)"
      }
    }
    #expect(kinds == ["> push 2", "verdicts [1] -"])
  }

  @Test func aCodeIsAskedForAsSoonAsTheSessionIsOpen() throws {
    let house = try House()
    let station = house.leader
    let (request, _) = house.exchange.invitation(
      1, to: .coreTeam, person: house.exchange.identifier(), name: "Ib", case: house.caseID)
    try house.exchange.connect(station)
    try house.exchange.invite(request, by: station)
    house.exchange.run()
    #expect(house.exchange.transcript(station).contains("> invitation 1"))
    #expect(
      station.takeReports().contains {
        if case .invited(request: 1, _, _) = $0 { true } else { false }
      })
  }

  @Test func whoeverWaitedLongEnoughIsToldSo() throws {
    var (_, station, machine) = try running()
    #expect(try machine.timedOut(replica: station.replica) == [.report(.ended("timed_out")), .end])
  }

  @Test func pausesGrowToAMinuteAndAreSpread() {
    var backoff = Backoff()
    #expect((0..<8).map { _ in backoff.next(0.5) } == [1, 2, 4, 8, 16, 32, 60, 60])
    backoff.succeeded()
    #expect(abs(backoff.next(0) - 0.7) < 1e-9)
    #expect(abs(backoff.next(1) - 2.6) < 1e-9)
  }
}
