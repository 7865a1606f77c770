import CRDT
import CaseModel
import Testing
import WireProtocol

@testable import Replication

/// A right that began and ended by the time alone while its device was away, with something written between
/// that its person may not read. Found by pairs of histories (seed 12056).
@Suite struct PassedRightTests {
  private static let hour: Int64 = 3_600_000

  @Test(arguments: [true, false]) func whatIsOverTellsNothingOfWhatWasWrittenMeanwhile(
    hasSecret: Bool
  ) throws {
    var (town, mother, life) = try Self.parted()
    try town.pass(until: town.now + 2 * Self.hour)
    if hasSecret { try Self.writeInSecret(&town, &life) }
    try town.pass(until: town.now + 2 * Self.hour)
    let heard = try Self.heard(by: &mother, in: &town, &life)
    #expect(heard.changes == 0 && heard.enters.isEmpty)
  }

  /// While the right lasts all of it comes, also where what governs afterwards looks as if it had always been
  /// there.
  @Test(arguments: [false, true]) func whatLastsComes(isHidden: Bool) throws {
    var (town, mother, life) = try Self.parted()
    try town.pass(until: town.now + 2 * Self.hour)
    try Self.writeInSecret(&town, &life)
    if isHidden {
      try Self.write(Self.release(in: town, &life), by: Place.coordinator, in: &town, &life)
      try town.pass(until: town.now + 2 * Self.hour)
    }
    let gained = Self.economic(in: town)
    let heard = try Self.heard(by: &mother, in: &town, &life)
    #expect(!gained.isEmpty && heard.enters.isSuperset(of: gained))
  }

  /// A right that ended while its device was away, and was given again before it came back, is not told to
  /// have ended in between, whether somebody wrote something then or not. Found by seed 46756.
  @Test(arguments: [true, false]) func whatEndedAndWasGivenAgainIsNotWiped(hasSecret: Bool) throws {
    var (town, mother, life) = try Self.holding()
    try town.pass(until: town.now + 3 * Self.hour)
    if hasSecret { try Self.writeInSecret(&town, &life) }
    try Self.write(Self.release(in: town, &life), by: Place.coordinator, in: &town, &life)
    let held = Self.economic(in: town)
    let heard = try Self.heard(by: &mother, in: &town, &life)
    #expect(heard.exits == 0 && held.isSubset(of: mother.held.keys))
  }

  /// What ended so and was not given again is wiped when the device comes back, also where what governs by
  /// then does not show any more that it ever began.
  @Test(arguments: [false, true], [false, true]) func whatEndedIsWiped(hasSecret: Bool, isHidden: Bool) throws
  {
    var (town, mother, life) = try Self.holding()
    let held = Self.economic(in: town)
    try town.pass(until: town.now + 3 * Self.hour)
    if hasSecret { try Self.writeInSecret(&town, &life) }
    if isHidden {
      let release = try #require(
        town.store.records.keys.compactMap(town.caseRecord).first { record in
          record.kind == .release && record.integer(Field.Release.endsAt) != nil
        })
      let end = try #require(CaseWork.end(governing: release))
      try Self.write(end, by: Place.coordinator, in: &town, &life)
    }
    let heard = try Self.heard(by: &mother, in: &town, &life)
    #expect(heard.exits == held.count && !held.isEmpty && held.isDisjoint(with: mother.held.keys))
  }

  /// What begins after the clock was ahead, and was set right, comes, however often its person asked before.
  @Test func whatBeginsAfterAClockThatWasAheadComes() throws {
    var town = try Town(seed: 1)
    var life = try TownLife(seed: 1)
    var mother = Witness(town.residents[Place.mother])
    let start = town.now
    _ = try Self.heard(by: &mother, in: &town, &life)
    try Self.leave(&mother, &town)
    town.now = start + 100 * Self.hour
    let release = Self.release(
      in: town, &life, from: start + 60 * Self.hour, until: start + 1_000 * Self.hour)
    try Self.write(release, by: Place.coordinator, in: &town, &life)
    town.now = start + 50 * Self.hour
    _ = try Self.heard(by: &mother, in: &town, &life)
    try Self.leave(&mother, &town)
    let gained = Self.economic(in: town)
    #expect(!gained.isEmpty && gained.isDisjoint(with: mother.held.keys))
    try town.pass(until: start + 110 * Self.hour)
    _ = try Self.heard(by: &mother, in: &town, &life)
    #expect(gained.isSubset(of: mother.held.keys))
  }

  /// A right that began by the time alone opens nothing that was there: what is written afterwards comes as
  /// any other, and nothing comes again for it, whether it was looked through in between or not. Found by
  /// seed 96611.
  @Test(arguments: [true, false]) func whatIsWrittenAfterARightBeganIsNoGain(hasSecret: Bool) throws {
    var town = try Town(seed: 1)
    var life = try TownLife(seed: 1)
    for note in Self.economic(in: town).sorted() {
      let withheld = CaseWork.withhold(
        id: life.random.identifier(), in: town.cases[0], from: town.residents[Place.mother].person,
        records: [note])
      try Self.write(withheld, by: Place.coordinator, in: &town, &life)
    }
    var mother = Witness(town.residents[Place.mother])
    try Self.part(&mother, from: &town, &life)
    try town.pass(until: town.now + 2 * Self.hour)
    if hasSecret { try Self.writeInSecret(&town, &life) }
    let note = CaseWork.note(
      id: life.random.identifier(), in: town.cases[0], about: town.children, text: "new",
      informationType: .economy, on: life.day)
    try Self.write(note, by: Place.core, in: &town, &life)
    let heard = try Self.heard(by: &mother, in: &town, &life)
    #expect(heard.changes == 0 && heard.enters == [note.id])
  }

  /// The pairs in which something was found, as they are drawn by now.
  @Test(arguments: [12_056, 46_756, 90_175, 96_611] as [UInt64]) func whatWasFoundOnce(seed: UInt64) throws {
    let towns = try (1...4).map { try Town(seed: $0) }
    var tally = HistoryPair.Tally()
    let pair = try HistoryPair(seed: seed, of: towns)
    for variant in 0..<4 as Range<UInt64> {
      if case .differs(let how) = try pair.compare(with: variant, &tally) {
        Issue.record(Comment(rawValue: how))
      }
    }
  }

  // MARK: What happens

  /// A mother whose device holds what concerns her economy, and went away before her right to it ended.
  private static func holding() throws -> (town: Town, mother: Witness, life: TownLife) {
    var (town, mother, life) = try parted()
    try town.pass(until: town.now + 2 * hour)
    _ = try heard(by: &mother, in: &town, &life)
    try leave(&mother, &town)
    #expect(economic(in: town).isSubset(of: mother.held.keys))
    return (town, mother, life)
  }

  /// She confirms what came, and goes.
  private static func leave(_ mother: inout Witness, _ town: inout Town) throws {
    try mother.terminal.confirm(&town)
    try town.commit()
    try mother.hear(&town)
    mother.terminal.disconnect(from: &town)
  }

  /// A mother whose device went away with one change that it did not confirm. From the next hour to the
  /// third she may read what concerns her economy.
  private static func parted() throws -> (town: Town, mother: Witness, life: TownLife) {
    var town = try Town(seed: 1)
    var life = try TownLife(seed: 1)
    var mother = Witness(town.residents[Place.mother])
    try part(&mother, from: &town, &life)
    return (town, mother, life)
  }

  private static func part(_ mother: inout Witness, from town: inout Town, _ life: inout TownLife) throws {
    try mother.connect(to: &town, fromCursor: true, using: &life.random) { _, _ in }
    try mother.terminal.confirm(&town)
    try town.commit()
    let release = release(in: town, &life, from: town.now + hour, until: town.now + 3 * hour)
    try write(release, by: Place.coordinator, in: &town, &life)
    try mother.hear(&town)
    try mother.terminal.confirm(&town)
    try town.commit()
    let note = try #require(
      town.notes(in: town.cases[0]).first { town.mayRead(mother.person, $0) }.flatMap(town.caseRecord))
    var draft = RecordDraft.change(note)
    draft.write(Field.Note.title, "new")
    try write(draft, by: Place.core, in: &town, &life)
    try mother.hear(&town)
    mother.terminal.disconnect(from: &town)
    let isOpen = economic(in: town).contains { town.mayRead(mother.person, $0) }
    #expect(!isOpen)
  }

  private static func release(
    in town: Town, _ life: inout TownLife, from start: Int64? = nil, until end: Int64? = nil
  ) -> RecordDraft {
    CaseWork.release(
      id: life.random.identifier(), in: town.cases[0], to: town.residents[Place.mother].person,
      types: [.economy], about: town.children, from: start, until: end)
  }

  private static func writeInSecret(_ town: inout Town, _ life: inout TownLife) throws {
    let withholding = CaseWork.withhold(
      id: life.random.identifier(), in: town.cases[0], from: town.residents[Place.father].person,
      about: town.children)
    try write(withholding, by: Place.coordinator, in: &town, &life)
    let isSeen = town.mayRead(town.residents[Place.mother].person, withholding.id)
    #expect(!isSeen)
  }

  private static func write(
    _ draft: RecordDraft, by place: Int, in town: inout Town, _ life: inout TownLife
  ) throws {
    let isAccepted = try town.write([draft], by: place, using: &life.random)
    #expect(isAccepted)
  }

  /// The notes of the first case that the timed release opens.
  private static func economic(in town: Town) -> Set<Identifier> {
    Set(town.notes(in: town.cases[0]).filter { town.reference($0)?.informationType == .economy })
  }

  /// What comes in a session that goes on from a cursor.
  private static func heard(
    by witness: inout Witness, in town: inout Town, _ life: inout TownLife
  ) throws -> (enters: Set<Identifier>, changes: Int, exits: Int) {
    let epoch = town.tenant.epoch
    var enters: Set<Identifier> = []
    var (changes, exits) = (0, 0)
    try witness.connect(to: &town, fromCursor: true, using: &life.random) { _, actions in
      for case .send(_, let message) in actions {
        if case .order(let order) = message.body,
          case .exit(let exit)? = (try? WireOrderBody(serializedBytes: order.body))?.order
        {
          exits += exit.records.count
        }
        guard case .delivery(let delivery) = message.body else { continue }
        changes += (try? ChangeUnpacker.delivered(Array(delivery.changes), epoch: epoch).count) ?? 0
        for enter in (try? delivery.allEnters()) ?? [] {
          if let id = (try? RecordSnapshot(encoded: Array(enter.state)))?.record { enters.insert(id) }
        }
      }
    }
    return (enters, changes, exits)
  }
}
