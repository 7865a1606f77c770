import CRDT
import CaseModel
import Testing

/// What restricts takes effect whatever its author had seen, in whichever order the replicas merge.
@Suite struct RestrictionTests {
  typealias World = PolicyWorld

  /// A record, what widens it, what restricts it meanwhile, and whether it still gives what it restricts.
  struct Race: Sendable {
    let name: String
    let draft: RecordDraft
    let widening: @Sendable (CaseRecord) -> [CRDT.Operation]
    let restricting: @Sendable (CaseRecord) -> [CRDT.Operation]
    let reader: Identifier
  }

  static let other = World.other
  static let note = RecordReference(
    id: World.record, kind: .note, caseID: World.caseID, creator: World.opener, about: [World.child],
    informationType: .health, receivedAt: 0)

  static func add(_ field: FieldDefinition, _ element: Value) -> CRDT.Operation {
    Operation(field: field.id, action: .add(element))
  }

  static let races: [Race] = {
    let (id, caseID) = (Identifier(9_100), World.caseID)
    return [
      Race(
        name: "consent signed and withdrawn",
        draft: CaseWork.consent(
          id: id, in: caseID, World.disclosure(), form: "oral", evidence: id, signatures: [Identifier(61)]),
        widening: { CaseWork.sign(consent: $0, by: Identifier(61)).operations },
        restricting: { CaseWork.withdraw(consent: $0, by: Identifier(62)).operations }, reader: other),
      Race(
        name: "vouching confirmed and ended",
        draft: CaseWork.vouching(
          id: id, organisation: World.organisation, person: other, voucher: Identifier(31), from: 0,
          until: 1_000), widening: { CaseWork.reconfirm(vouching: $0, until: 2_000).operations },
        restricting: { CaseWork.end(governing: $0)?.operations ?? [] }, reader: other),
      Race(
        name: "withholding lifted and added to",
        draft: CaseWork.withhold(id: id, in: caseID, from: World.member, about: [World.child]),
        widening: { CaseWork.lift(withholding: $0).operations },
        restricting: { _ in [add(Field.Withholding.subjects, .identifier(World.child))] },
        reader: World.member),
      Race(
        name: "person let in and shut out",
        draft: CaseWork.reclassify(
          id: id, in: caseID, record: World.record, audience: [World.member, World.stranger]),
        widening: { _ in [add(Field.Reclassification.persons, .identifier(World.member))] },
        restricting: { _ in [add(Field.Reclassification.excludedPersons, .identifier(World.member))] },
        reader: World.member),
      Race(
        name: "exclusion taken back and made again",
        draft: CaseWork.reclassify(id: id, in: caseID, record: World.record, excluding: [World.member]),
        widening: { _ in
          [
            Operation(
              field: Field.Reclassification.excludedPersons.id, action: .remove(.identifier(World.member)))
          ]
        }, restricting: { _ in [add(Field.Reclassification.excludedPersons, .identifier(World.member))] },
        reader: World.member),
      Race(
        name: "subject dropped and added",
        draft: CaseWork.reclassify(
          id: id, in: caseID, record: World.record, about: [World.child, Identifier(702)]),
        widening: { _ in
          [
            Operation(
              field: Field.Reclassification.about.id, action: .remove(.identifier(Identifier(702))))
          ]
        }, restricting: { _ in [add(Field.Reclassification.about, .identifier(Identifier(702)))] },
        reader: other),
    ]
  }()

  /// Before the race the reader reads with what widens alone, and after it in no order.
  @Test(arguments: races.indices)
  func theRestrictionWinsInEveryOrder(_ place: Int) throws {
    let race = Self.races[place]
    var results: [RecordState] = []
    for order in [[0], [0, 1], [1, 0], [0, 1, 1], [1, 0, 0]] {
      var world = Self.world(without: race.draft.kind)
      world.write(race.draft)
      let record = try #require(world.ledger[race.draft.id])
      var state = record.state
      for step in order {
        let operations = step == 0 ? race.widening(record) : race.restricting(record)
        let actor = ActorID(rawValue: UInt64(70 + step))
        let id = ChangeID(actor: actor, number: 1)
        state.apply(
          Change(
            context: ChangeContext(
              id: id, version: record.state.version, author: World.opener, writtenAt: 9, receivedAt: 9),
            operations: operations))
      }
      var after = world.state
      after.update(
        with: CaseRecord(
          id: record.id, kind: record.kind, caseID: record.caseID, created: 0,
          receivedAt: record.receivedAt, creator: record.creator,
          about: record.about, informationType: record.informationType, state: state))
      let isAllowed = may(race.reader, .read, Self.note, at: 10, in: after).isAllowed
      #expect(isAllowed == (order == [0]), "\(race.name) \(order)")
      if order.count == 2 { results.append(state) }
    }
    #expect(results.first == results.last)
  }

  /// A professional with consent, signed by the one who holds custody, and her organisation's word; but for
  /// the kind that is raced for.
  static func world(without kind: RecordKind) -> World {
    var world = World()
    world.setRole(.involvedProfessional, of: other)
    world.add(Identifier(9_200), other, .involvedProfessional, organisation: World.organisation)
    let given = [
      CaseWork.custody(
        id: Identifier(9_201), in: World.caseID, of: World.child, holder: Identifier(61),
        source: "civil_register"),
      CaseWork.vouching(
        id: Identifier(9_203), organisation: World.organisation, person: other, voucher: Identifier(31),
        from: 0, until: 1_000),
      CaseWork.consent(
        id: Identifier(9_202), in: World.caseID, World.disclosure(), form: "oral", evidence: World.record,
        signatures: [Identifier(61)]),
    ]
    for draft in given where draft.kind != kind { world.write(draft) }
    return world
  }
}
