import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// Records leave a device's scope: they are shown no more, their unsent work is judged first, and then they
/// are wiped with a receipt, however the session breaks and whatever was put back.
@Suite struct ScopeTests {
  private static let canary = "canary-of-the-case"

  /// A house whose psychologist holds a note, and how her part in the case is ended.
  private func house() throws -> (house: House, end: () throws -> Void) {
    let house = try House()
    let exchange = house.exchange
    try exchange.write([house.note(Self.canary)], at: house.coordinator)
    for station in [house.coordinator, house.psychologist] { try exchange.sync(station) }
    let part = try #require(
      house.leader.replica.records.first {
        $0.kind == .participant && $0.identifier(Field.Participant.person) == house.psychologist.person
      })
    return (
      house,
      {
        try exchange.write([CaseWork.end(participant: part, on: house.day)], at: house.leader)
        try exchange.sync(house.leader)
      }
    )
  }

  /// What of the case is left on a device: what is shown, the confirmed states and the copies.
  private func left(_ station: Workstation, of house: House) -> [Identifier] {
    let replica = station.replica
    let states = replica.snapshots.values.filter { $0.facts?.caseID == house.caseID }.map(\.record)
    let copies = replica.kept.filter { Bytes.occurs(Self.canary, in: [$0.change.payload]) }
      .map(\.change.header.record)
    return replica.records.filter { $0.caseID == house.caseID }.map(\.id) + states + copies
  }

  private func owed(_ station: Workstation, by house: House) -> Int {
    house.exchange.server.store.exits(of: station.actor).count
  }

  @Test func whoIsConnectedWipesTheCaseAndSaysSo() throws {
    let (house, end) = try house()
    let station = house.psychologist
    #expect(left(station, of: house).count > 2)
    try house.exchange.connect(station)
    house.exchange.run()
    _ = house.exchange.takeLines(station)
    try end()
    house.exchange.run()
    let lines = house.exchange.takeLines(station)
    let exit = try #require(lines.firstIndex { $0.hasPrefix("< exit") })
    let receipt = try #require(lines.firstIndex { $0.hasPrefix("> receipt") })
    #expect(exit < receipt)
    #expect(left(station, of: house).isEmpty && owed(station, by: house) == 0)
    #expect(!house.exchange.server.store.wiped[station.actor, default: [:]].isEmpty)
    // Those who may read it still have it.
    #expect(house.coordinator.texts(.note, Field.Note.text) == [Self.canary])
    #expect(station.faults.isEmpty)
  }

  @Test func whoIsOfflineWipesItFirstAndHisUnsentWorkGetsAVerdict() throws {
    let (house, end) = try house()
    let station = house.psychologist
    try house.exchange.write([house.note("written at the kitchen table")], at: station)
    try end()
    #expect(owed(station, by: house) > 2)
    let lines = try house.exchange.sync(station)
    let exit = try #require(lines.firstIndex { $0.hasPrefix("< exit") })
    #expect(!lines[..<exit].contains { $0.hasPrefix("< delivery") })
    #expect(lines.contains { $0.hasPrefix("< verdicts 1") })
    #expect(lines.last { $0.hasPrefix("> ") }?.hasPrefix("> receipt") == true)
    #expect(left(station, of: house).isEmpty && owed(station, by: house) == 0)
    #expect(station.replica.refused.isEmpty && station.replica.waiting.count == 1)
    // It is not asked for again.
    #expect(try !house.exchange.sync(station).contains { $0.hasPrefix("< exit") })
  }

  @Test func theReceiptIsAskedForUntilItComes() throws {
    let (house, end) = try house()
    let exchange = house.exchange
    let station = house.psychologist
    try end()
    exchange.onFrame = { Line.of($0).hasPrefix("> receipt") ? [] : [$0] }
    try exchange.sync(station)
    #expect(left(station, of: house).isEmpty && owed(station, by: house) > 2)
    exchange.onFrame = { [$0] }
    let lines = try exchange.sync(station)
    #expect(lines.contains { $0.hasPrefix("< exit") } && lines.contains { $0.hasPrefix("> receipt") })
    #expect(owed(station, by: house) == 0)
  }

  @Test func aServerThatDiesBetweenAsksAgain() throws {
    let (house, end) = try house()
    let station = house.psychologist
    try house.exchange.connect(station)
    house.exchange.run()
    house.exchange.onFrame = { Line.of($0).hasPrefix("< exit") ? [] : [$0] }
    try end()
    house.exchange.run()
    house.exchange.server.restart()
    house.exchange.cut(station)
    house.exchange.onFrame = { [$0] }
    #expect(left(station, of: house).count > 2)
    try house.exchange.sync(station)
    #expect(left(station, of: house).isEmpty && owed(station, by: house) == 0)
  }

  /// The records entered, and that they did was never confirmed: the server does not know that they are
  /// there.
  @Test func whatTheServerDoesNotKnowOfIsListed() throws {
    let (house, end) = try house()
    let exchange = house.exchange
    let station = house.psychologist
    try exchange.write([house.note("entered"), house.note("entered too")], at: house.coordinator)
    try exchange.sync(house.coordinator)
    exchange.onFrame = { Line.of($0).hasPrefix("> delivered") ? [] : [$0] }
    try exchange.sync(station)
    #expect(station.texts(.note, Field.Note.text).count == 3)
    exchange.onFrame = { [$0] }
    try end()
    let lines = try exchange.sync(station)
    #expect(lines.contains("> holdings 2"))
    #expect(left(station, of: house).isEmpty && owed(station, by: house) == 0)
  }

  @Test func aDeviceThatIsPutBackBehindItsExitWipesAgain() throws {
    let (house, end) = try house()
    let station = house.psychologist
    let before = station.replica
    try end()
    try house.exchange.sync(station)
    station.replica = before
    #expect(left(station, of: house).count > 2)
    for _ in 0..<3 { try house.exchange.sync(station) }
    #expect(left(station, of: house).isEmpty && owed(station, by: house) == 0)
  }

  /// A copy that has the same token and journal, and was made before: nothing else tells the two apart
  /// (simulated seed 236).
  @Test func aCopyFromBeforeTheExitWipesToo() throws {
    let (house, end) = try house()
    let copy = Workstation(cloning: house.psychologist)
    try house.exchange.connect(house.psychologist)
    house.exchange.run()
    copy.replica.token = house.psychologist.replica.token
    try end()
    house.exchange.run()
    house.exchange.cut(house.psychologist)
    #expect(left(house.psychologist, of: house).isEmpty && left(copy, of: house).count > 2)
    try house.exchange.sync(copy)
    #expect(copy.actor == house.psychologist.actor)
    #expect(left(copy, of: house).isEmpty && owed(copy, by: house) == 0)
  }

  /// Nobody confirms it, it is sent nothing, and what it has it wipes all the same.
  @Test func aCopyOfTheDeviceWipesUnderItsNewActor() throws {
    let (house, end) = try house()
    let copy = Workstation(cloning: house.psychologist)
    try house.exchange.write([house.note("mine")], at: house.psychologist)
    try house.exchange.sync(house.psychologist)
    try end()
    try house.exchange.sync(house.psychologist)
    for _ in 0..<3 { try house.exchange.sync(copy) }
    #expect(copy.actor != house.psychologist.actor)
    #expect(!copy.replica.isConfirmed && left(copy, of: house).isEmpty && owed(copy, by: house) == 0)
  }

  @Test func whoGetsHisRightBackIsSentTheCaseInALaterGeneration() throws {
    let (house, end) = try house()
    let exchange = house.exchange
    let station = house.psychologist
    try end()
    let again = CaseWork.participant(
      id: exchange.identifier(), in: house.caseID, person: station.person, role: .coreTeam)
    try exchange.write([again], at: house.leader)
    try exchange.sync(house.leader)
    for _ in 0..<2 { try exchange.sync(station) }
    #expect(station.texts(.note, Field.Note.text) == [Self.canary])
    #expect(owed(station, by: house) == 0 && station.faults.isEmpty)
    #expect(try !exchange.sync(station).contains { $0.hasPrefix("< exit") || $0.contains("enters 1") })
  }

  /// A ledger may know of an exit whose commit failed (simulated seed 581): what may be read comes back.
  @Test func whatWasToBeWipedForNothingEntersAgain() throws {
    let (house, _) = try house()
    let exchange = house.exchange
    let station = house.psychologist
    let note = try #require(station.replica.records.first { $0.kind == .note })
    let generation = try #require(station.replica.generations[note.id])
    var group = CommitGroup(
      after: exchange.server.store.position,
      logDigest: try #require(exchange.server.store.logDigest(at: exchange.server.store.position)))
    group.exits = [
      DeviceRecord(actor: station.actor, held: HeldRecord(record: note.id, generation: generation))
    ]
    try exchange.server.store.apply(group)
    #expect(try exchange.sync(station).contains { $0.hasPrefix("> receipt") })
    #expect(station.texts(.note, Field.Note.text) == [Self.canary])
    #expect(station.replica.generations[note.id] == generation + 1 && owed(station, by: house) == 0)
    #expect(try !exchange.sync(station).contains { $0.hasPrefix("< exit") || $0.contains("enters 1") })
  }

  /// Rights end with time, for whoever is connected and whoever is not.
  @Test(arguments: [true, false]) func whatEndsWithTimeIsWiped(isConnected: Bool) throws {
    let house = try House()
    let exchange = house.exchange
    let station = try exchange.newcomer("Ulla", as: .coreTeam)
    let until = exchange.server.now + 3_600_000
    try exchange.write(
      [
        CaseWork.participant(
          id: exchange.identifier(), in: house.caseID, person: station.person, role: .coreTeam,
          from: exchange.server.now, until: until)
      ], at: house.leader)
    try exchange.write([house.note(Self.canary)], at: house.leader)
    try exchange.sync(house.leader)
    try exchange.sync(station)
    #expect(left(station, of: house).count > 2)
    if isConnected { try exchange.connect(station) }
    exchange.run()
    exchange.server.pass(until: until)
    exchange.run()
    if !isConnected { try exchange.sync(station) }
    #expect(left(station, of: house).isEmpty && owed(station, by: house) == 0)
  }

  /// The server's clock was years ahead for a while: what it decided then is set right, and what ends later
  /// ends all the same.
  @Test func aClockThatWasAheadHidesNoEnd() throws {
    let house = try House()
    let exchange = house.exchange
    let station = try exchange.newcomer("Ulla", as: .coreTeam)
    let start = exchange.server.now
    let until = start + 3_600_000
    try exchange.write(
      [
        CaseWork.participant(
          id: exchange.identifier(), in: house.caseID, person: station.person, role: .coreTeam, from: start,
          until: until)
      ], at: house.leader)
    try exchange.write([house.note(Self.canary)], at: house.leader)
    try exchange.sync(house.leader)
    try exchange.sync(station)
    exchange.server.now = start + 1_000 * 3_600_000
    try exchange.sync(station)
    #expect(left(station, of: house).isEmpty)
    exchange.server.now = start + 60_000
    try exchange.sync(station)
    #expect(left(station, of: house).count > 2)
    exchange.server.now = until + 60_000
    try exchange.sync(station)
    #expect(left(station, of: house).isEmpty && owed(station, by: house) == 0)
  }

  /// A receipt counts for its device alone, and only as signed.
  @Test func aForgedReceiptEndsTheSession() throws {
    let (house, end) = try house()
    let station = house.psychologist
    try end()
    house.exchange.onFrame = { frame in
      guard Line.of(frame).hasPrefix("> receipt"), var message = try? WireClientMessage(checking: frame.bytes)
      else { return [frame] }
      message.receipt.signature = .init([UInt8](repeating: 7, count: 64))
      guard let bytes: [UInt8] = try? message.serializedBytes() else { return [] }
      return [Frame(connection: frame.connection, direction: frame.direction, bytes: bytes)]
    }
    #expect(try house.exchange.sync(station).last == "< failure BAD_SIGNATURE")
    #expect(owed(station, by: house) > 2)
  }
}
