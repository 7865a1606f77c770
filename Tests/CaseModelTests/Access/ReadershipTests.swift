import CRDT
import CaseModel
import Testing

/// Whether a record was widened, against what the policy itself lets people read.
@Suite struct ReadershipTests {
  private typealias World = PolicyWorld
  private static let mother = Identifier(61)
  private static let father = Identifier(62)
  private static let analyst = Identifier(63)
  private static let leader = Identifier(64)
  private static let readers = [
    World.member, World.other, World.opener, mother, father, analyst, leader,
  ]
  private static let subjects = [World.child, Identifier(2), mother]
  private static let types: [InformationType] = [.health, .plan, .economy, .social]

  /// People whose rights come from all that there is beside what is said of a record.
  private static func world() -> World {
    var world = GroundTests.world()
    world.write(GroundTests.consent())
    for (person, role, number) in [
      (mother, Role.parent, 9_500), (father, .parent, 9_501), (analyst, .analysisTeam, 9_502),
      (leader, .leader, 9_503),
    ] {
      world.setRole(role, of: person)
      world.add(Identifier(UInt64(number)), person, role)
    }
    return world
  }

  /// Releases, ends, classifies anew, or changes how.
  private static func step(_ world: inout World, _ random: inout SplitMix64) {
    let id = Identifier(9_600 + UInt64.random(in: 0..<3, using: &random))
    let subject = subjects.randomElement(using: &random) ?? World.child
    let type = types.randomElement(using: &random) ?? .health
    if Int.random(in: 0..<4, using: &random) == 0 {
      let release = Identifier(9_700 + UInt64.random(in: 0..<3, using: &random))
      if let known = world.ledger[release] {
        return CaseWork.end(governing: known).map { world.write($0) } ?? ()
      }
      return world.write(
        CaseWork.release(
          id: release, in: World.caseID, to: Bool.random(using: &random) ? mother : father,
          records: [World.record], about: [World.child, subject]))
    }
    guard let known = world.ledger[id] else {
      return world.write(
        CaseWork.reclassify(
          id: id, in: World.caseID, record: World.record,
          about: Bool.random(using: &random) ? [subject] : [],
          types: Bool.random(using: &random) ? [type] : [],
          audience: Int.random(in: 0..<4, using: &random) == 0 ? [World.other] : [],
          roles: Int.random(in: 0..<4, using: &random) == 0 ? [.coreTeam] : [],
          excluding: Int.random(in: 0..<4, using: &random) == 0 ? [World.member] : []))
    }
    var draft = RecordDraft.change(known)
    typealias Fields = Field.Reclassification
    switch Int.random(in: 0..<9, using: &random) {
    case 0: draft.add(Fields.about, [subject])
    case 1: draft.operations.append(.init(field: Fields.about.id, action: .remove(.identifier(subject))))
    case 2: draft.add(Fields.types, [type])
    case 3:
      draft.operations.append(
        .init(field: Fields.types.id, action: .remove(.integer(Int64(type.rawValue)))))
    case 4: draft.add(Fields.persons, [readers.randomElement(using: &random) ?? mother])
    case 5: draft.add(Fields.roles, [Bool.random(using: &random) ? Role.coreTeam : .analysisTeam])
    case 6: draft.add(Fields.excludedPersons, [World.member])
    case 7:
      draft.operations.append(
        .init(field: Fields.excludedPersons.id, action: .remove(.identifier(World.member))))
    default: draft.add(Fields.excludedRoles, [Role.coreTeam])
    }
    world.write(draft)
  }

  private static func reads(_ world: World, _ note: RecordReference) -> Set<Identifier> {
    Set(readers.filter { world.reads($0, note, at: 20).isAllowed })
  }

  /// Nobody comes to read a record by what is said of it without its being wider.
  @Test(arguments: 0..<40) func nobodyReadsMoreOfWhatIsNotWider(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var gained = 0
    for about in [[World.child], [World.child, Identifier(2)], []] {
      let note = GroundTests.note(about: about, receivedAt: 10)
      for _ in 0..<25 {
        var known = Self.world()
        for _ in 0..<Int.random(in: 0..<5, using: &random) { Self.step(&known, &random) }
        var now = known
        for _ in 0..<Int.random(in: 0..<4, using: &random) { Self.step(&now, &random) }
        let before = known.state.readership(of: note, at: 20)
        let after = now.state.readership(of: note, at: 20)
        #expect(!before.isWider(than: before))
        let more = Self.reads(now, note).subtracting(Self.reads(known, note))
        if !more.isEmpty { gained += 1 }
        #expect(more.isEmpty || after.isWider(than: before), "\(more) read more")
      }
    }
    #expect(gained > 0)
  }

  /// What restricts is none.
  @Test func whatRestrictsIsNotWider() {
    let note = GroundTests.note(about: [World.child])
    var world = Self.world()
    func isWider(_ draft: RecordDraft) -> Bool {
      let before = world.state.readership(of: note, at: 20)
      world.write(draft)
      return world.state.readership(of: note, at: 20).isWider(than: before)
    }
    func change(_ fill: (inout RecordDraft) -> Void) -> RecordDraft {
      var draft =
        world.ledger[Identifier(9_600)].map { RecordDraft.change($0) }
        ?? RecordDraft.new(
          .reclassification, id: Identifier(9_600), in: World.caseID)
      fill(&draft)
      return draft
    }
    typealias Fields = Field.Reclassification
    let first = CaseWork.reclassify(
      id: Identifier(9_600), in: World.caseID, record: World.record, about: [World.child, Identifier(2)],
      types: [.health, .economy], roles: [.coreTeam, .leader])
    #expect(!isWider(first))
    #expect(!isWider(change { $0.add(Fields.excludedPersons, [Self.leader]) }))
    #expect(!isWider(change { $0.add(Fields.about, [Self.mother]) }))
    #expect(!isWider(change { $0.add(Fields.types, [InformationType.plan]) }))
    let second = CaseWork.reclassify(
      id: Identifier(9_601), in: World.caseID, record: World.record, audience: [World.other])
    #expect(!isWider(second))
    #expect(
      isWider(
        CaseWork.release(
          id: Identifier(9_700), in: World.caseID, to: Self.mother, records: [World.record],
          about: [World.child])))
    #expect(isWider(change { $0.add(Fields.persons, [World.other]) }))
  }

  /// It is looked for where it can be.
  @Test func whatSaysWhoReadsIsFound() throws {
    var world = World()
    #expect(!world.state.hasAudiences)
    let id = Identifier(9_700)
    world.write(
      CaseWork.release(
        id: id, in: World.caseID, to: Self.mother, records: [World.record], about: [World.child]))
    #expect(world.state.staged().hasAudiences)
    #expect(world.state.audienceRecords(of: World.record, in: World.caseID) == [id])
    #expect(world.state.audienceRecords(of: Identifier(1), in: World.caseID).isEmpty)
    world.write(try #require(world.ledger[id].flatMap { CaseWork.end(governing: $0) }))
    #expect(world.state.audienceRecords(of: World.record, in: World.caseID).isEmpty)
  }
}
