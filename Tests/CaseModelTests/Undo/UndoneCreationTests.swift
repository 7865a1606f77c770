import CRDT
import CaseModel
import Testing

/// What was recorded and taken back is entered in error: it counts nowhere until it stands again.
@Suite struct UndoneCreationTests {
  typealias Due = DueWorkTests

  static let day = CalendarDay.on("2020-01-25")

  /// Something that is recorded, and where it counts.
  struct Creation {
    let draft: RecordDraft
    let counts: (CaseStock, CaseFile) -> Bool
  }

  private static let id = Identifier(9_001)

  private static var creations: [Creation] {
    let caseID = Due.caseID
    return [
      Creation(
        draft: CaseWork.contact(
          id: id, in: caseID, form: "visit", by: nil, text: "ordet", on: .on("2020-01-20"))
      ) { _, file in
        !file.contacts.isEmpty && ContactClock(file, on: day).clock.windows.map(\.standing) == [.held]
      },
      Creation(
        draft: CaseWork.informationRequest(
          id: id, in: caseID, what: "udtalelse", of: nil, due: .on("2020-01-20"), on: .on("2020-01-15"))
      ) { stock, file in !LawfulBasis(of: file, in: stock, on: day).openRequests.isEmpty },
      Creation(draft: CaseWork.goal(id: id, in: caseID, title: "søvn", actors: ["mor"], on: day)) { _, file in
        !file.goals.isEmpty && !file.openGoals.isEmpty
      },
      Creation(
        draft: CaseWork.call(
          meeting: .analysisMeeting, id: id, in: caseID, for: .on("2020-02-05"), by: Ledger.author,
          invited: [Due.psychologist], withParents: true)
      ) { _, file in !file.meetings.isEmpty },
      Creation(draft: CaseWork.intervention(id: id, in: caseID, title: "aflastning", amount: 100, on: day)) {
        _, file in !file.all(.intervention).isEmpty
      },
      Creation(draft: CaseWork.majorChange(id: id, in: caseID, trigger: "move", on: day)) { stock, file in
        !file.all(.majorChange).isEmpty
          && StatusAgenda(of: stock, on: day).entries.contains { $0.reasons.contains(.majorChange) }
      },
      Creation(draft: CaseWork.note(id: id, in: caseID, text: "ordet", on: day)) { stock, file in
        !file.all(.note).isEmpty && !CaseSearch(["ordet"]).hits(in: stock).isEmpty
      },
      Creation(draft: CaseWork.assessmentMeeting(id: id, in: caseID, attendees: ["mor"], on: day)) {
        stock, _ in StatusReport.figures(stock, at: day).assessmentMeetings > 0
      },
      Creation(draft: CaseWork.planStatusMeeting(id: id, on: day)) { stock, _ in
        !stock.plannedStatusMeetings.isEmpty
      },
      Creation(draft: CaseWork.trainingDay(id: id, title: "ICS", plannedOn: day)) { stock, _ in
        stock.register[.trainingDay]?.isEmpty == false
      },
    ]
  }

  private func counts(_ creation: Creation, _ ledger: Ledger) -> Bool {
    creation.counts(CaseStock(records: ledger.all), ledger.file(Due.caseID))
  }

  @Test func itCountsNowhereUntilItStandsAgain() throws {
    for creation in Self.creations {
      let kind = creation.draft.kind.definition?.name ?? ""
      var ledger = Due.enrolled()
      #expect(!counts(creation, ledger), "\(kind)")
      let made = try ledger.edits(writing: creation.draft)
      #expect(counts(creation, ledger), "\(kind)")
      let back = try Reversal.draft(over: try #require(ledger[Self.id]), made, isCreation: true)
      let undone = try ledger.edits(writing: back)
      #expect(!counts(creation, ledger), "\(kind)")
      ledger.write(try Reversal.draft(over: try #require(ledger[Self.id]), undone, isCreation: false))
      #expect(counts(creation, ledger), "\(kind)")
    }
  }

  /// Of every kind whose creation is taken back, with all its fields written.
  @Test func everyKindIsEnteredInErrorAndStandsAgain() throws {
    let kinds = RecordKind.definitions.filter { !$0.kind.governsAccess && $0.home != .alias }
    for definition in kinds where ![.task, .disclosure, .settlement].contains(definition.kind) {
      var ledger = Due.enrolled()
      let caseID = definition.home == .register ? nil : Due.caseID
      var draft = RecordDraft.new(definition.kind, id: Self.id, in: caseID)
      for field in definition.fields { Self.write(field, to: &draft) }
      let made = try ledger.edits(writing: draft)
      let before = try #require(ledger[Self.id])
      #expect(!before.isEnteredInError, "\(definition.name)")
      let undone = try ledger.edits(writing: try Reversal.draft(over: before, made, isCreation: true))
      let void = try #require(ledger[Self.id])
      #expect(void.isEnteredInError, "\(definition.name)")
      let (stock, file) = (CaseStock(records: ledger.all), ledger.file(Due.caseID))
      let counted = caseID == nil ? stock.register[definition.kind] ?? [] : file.all(definition.kind)
      #expect(!counted.contains { $0.id == Self.id }, "\(definition.name)")
      // It is still held, so that it can be exported and erased.
      if caseID != nil {
        #expect(file.records[definition.kind]?.contains { $0.id == Self.id } == true, "\(definition.name)")
      }
      ledger.write(try Reversal.draft(over: void, undone, isCreation: false))
      #expect(ledger[Self.id]?.isEnteredInError == false, "\(definition.name)")
      #expect(ledger[Self.id]?.shown == before.shown, "\(definition.name)")
    }
  }

  private static func write(_ field: FieldDefinition, to draft: inout RecordDraft) {
    let value: Value =
      switch field.valueType {
      case .text, .label, .code: .text("x")
      case .day, .integer: .integer(18_000)
      case .boolean: .boolean(true)
      case .identifier: .identifier(Identifier(77))
      case .bytes: .bytes([1])
      }
    if field.kind == .set {
      draft.operations.append(Operation(field: field.id, action: .add(value)))
    } else {
      draft.write(field, value)
    }
  }

  /// What is left of half a record would count as one: a call that somebody has answered stays, and so does a
  /// goal that was ranked since.
  @Test func halfARecordIsNotLeft() throws {
    var ledger = Due.enrolled()
    let call = CaseWork.call(
      meeting: .followUpMeeting, id: Self.id, in: Due.caseID, for: .on("2020-02-05"), by: Ledger.author,
      invited: [Due.psychologist])
    let called = try ledger.edits(writing: call)
    let meeting = try #require(ledger[call.id].flatMap { Meeting($0) })
    ledger.write(CaseWork.answer(meeting, by: Due.psychologist, comes: true), by: Due.psychologist)
    #expect(throws: Reversal.Obstacle.writtenOn) {
      try Reversal.draft(over: try #require(ledger[call.id]), called, isCreation: true)
    }
    let goal = CaseWork.goal(id: Identifier(9_002), in: Due.caseID, title: "søvn", on: Self.day)
    let set = try ledger.edits(writing: goal)
    ledger.write(CaseWork.rank(try #require(ledger[goal.id]), family: 2))
    #expect(throws: Reversal.Obstacle.writtenOn) {
      try Reversal.draft(over: try #require(ledger[goal.id]), set, isCreation: true)
    }
    #expect(ledger.file(Due.caseID).openGoals.map(\.id) == [goal.id])
  }

  /// What others name stands: a professional's part would be for no organisation. So does a person, who may
  /// have been invited.
  @Test func whatOthersStandOnStays() throws {
    var ledger = Due.enrolled()
    let organisation = CaseWork.organisation(id: Self.id, name: "Aflastningen")
    ledger.write(organisation)
    func isStoodOn() throws -> Bool {
      Reversal.isStoodOn(try #require(ledger[Self.id]), by: ledger.all, besides: [Self.id])
    }
    #expect(try !isStoodOn())
    let part = CaseWork.participant(
      id: Identifier(9_002), in: Due.caseID, person: Identifier(9_003), role: .involvedProfessional,
      organisation: Self.id)
    ledger.write(part)
    #expect(try isStoodOn())
    // What was taken back together with it does not hold it.
    let both: Set = [Self.id, part.id]
    #expect(!Reversal.isStoodOn(try #require(ledger[Self.id]), by: ledger.all, besides: both))
    ledger.write(CaseWork.person(id: Identifier(9_004), name: "Ny"))
    #expect(Reversal.isStoodOn(try #require(ledger[Identifier(9_004)]), by: [], besides: []))
  }

  /// What somebody wrote in it without knowing that it was taken back is not lost.
  @Test func whatSomebodyWroteMeanwhileCounts() throws {
    var ledger = Due.enrolled()
    let goal = CaseWork.goal(id: Self.id, in: Due.caseID, title: "søvn", on: Self.day)
    let set = try ledger.edits(writing: goal)
    let known = try #require(ledger[goal.id])
    var title = RecordDraft.change(known)
    title.write(Field.Goal.title, "rolig nat")
    ledger.write(try Reversal.draft(over: known, set, isCreation: true))
    #expect(ledger.file(Due.caseID).goals.isEmpty)
    ledger.write(title, by: Due.psychologist, seen: known.state.version)
    #expect(ledger.file(Due.caseID).goals.map(\.id) == [goal.id])
  }

  /// A record of which nothing has come is not one that somebody cleared.
  @Test func whatSaysNothingYetIsNoError() {
    let draft = RecordDraft.new(.contact, id: Self.id, in: Due.caseID)
    #expect(!CaseRecord(draft, over: nil, by: Ledger.author, at: 0).isEnteredInError)
  }

  /// A case is closed and not taken back; what is written to its head later is.
  @Test func aCaseThatWasOpenedStays() throws {
    var ledger = Ledger()
    let opening = CaseWork.open(
      case: Due.caseID, label: "F", on: Self.day, creator: Ledger.author, as: .leader,
      identify: Due.fresh(8_000))
    ledger.write(opening)
    #expect(Reversal.obstacle(of: opening.compactMap { ledger[$0.id] }) == .opened)
    #expect(Reversal.obstacle(of: [try #require(ledger[Due.caseID])]) == nil)
  }
}
