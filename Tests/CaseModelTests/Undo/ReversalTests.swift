import CRDT
import CaseModel
import Testing

/// Taking back what a change did.
@Suite struct ReversalTests {
  typealias Due = DueWorkTests

  private func shown(_ record: CaseRecord?) -> [[Value]] { record?.shown ?? [] }

  private func write(_ draft: RecordDraft, to ledger: inout Ledger) throws -> [Reversal.Edit] {
    try ledger.edits(writing: draft)
  }

  /// Whatever one change did to registers, sets and texts, its reversal shows what was shown before; and the
  /// reversal's own reversal what was shown after.
  @Test func itShowsWhatWasShown() throws {
    for seed in 0..<200 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var ledger = Due.enrolled()
      let note = Identifier(9_001)
      let meeting = Identifier(9_002)
      ledger.write(CaseWork.note(id: note, in: Due.caseID, text: "første", on: .on("2020-01-02")))
      ledger.write(
        CaseWork.assessmentMeeting(
          id: meeting, in: Due.caseID, attendees: ["mor"], on: .on("2020-01-02")))
      var draft = RecordDraft.change(try #require(ledger[random.chance(50) ? note : meeting]))
      if draft.kind == .note {
        var editor = TextEditor(try #require(ledger[note]).state.text(Field.Note.text.id))
        editor.replace(with: random.pick(["", "første og anden", "noget helt andet", "ørste"]))
        draft.edit(Field.Note.text, editor.finish())
        if random.chance(50) { draft.write(Field.Note.title, "titel") }
      } else {
        if random.chance(70) { draft.add(Field.AssessmentMeeting.attendees, ["far"]) }
        if random.chance(40) { draft.remove(Field.AssessmentMeeting.attendees, .text("mor")) }
        draft.write(Field.AssessmentMeeting.plannedOn, .on("2020-02-0\(random.below(9) + 1)"))
      }
      let before = shown(ledger[draft.id])
      let edits = try write(draft, to: &ledger)
      let after = shown(ledger[draft.id])
      let back = try Reversal.draft(over: try #require(ledger[draft.id]), edits, isCreation: false)
      let again = try write(back, to: &ledger)
      #expect(shown(ledger[draft.id]) == before, "seed \(seed)")
      ledger.write(try Reversal.draft(over: try #require(ledger[draft.id]), again, isCreation: false))
      #expect(shown(ledger[draft.id]) == after, "seed \(seed)")
    }
  }

  /// A record that was created by mistake says nothing any more; a task is given up.
  @Test func whatWasCreatedSaysNothing() throws {
    var ledger = Due.enrolled()
    let contact = CaseWork.contact(
      id: Identifier(9_001), in: Due.caseID, form: "visit", by: nil, text: "x", on: .on("2020-01-20"))
    let made = try write(contact, to: &ledger)
    #expect(
      ContactClock(ledger.file(Due.caseID), on: .on("2020-01-25")).clock.windows.map(\.standing) == [.held])
    ledger.write(try Reversal.draft(over: try #require(ledger[contact.id]), made, isCreation: true))
    #expect(shown(ledger[contact.id]).joined().isEmpty)
    #expect(
      ContactClock(ledger.file(Due.caseID), on: .on("2020-01-25")).clock.windows.map(\.standing) == [.open])
    let task = CaseWork.task(
      id: Identifier(9_002), in: Due.caseID, title: "ring", owner: Due.coordinator, on: .on("2020-01-20"))
    let set = try write(task, to: &ledger)
    ledger.write(try Reversal.draft(over: try #require(ledger[task.id]), set, isCreation: true))
    #expect(TaskStatus(of: try #require(ledger[task.id])) == .cancelled)
    #expect(throws: Reversal.Obstacle.nothingLeft) {
      try Reversal.draft(over: try #require(ledger[task.id]), set, isCreation: true)
    }
  }

  /// What gives rights, what was sent, and what others went on with is left to a person.
  @Test func whatIsNotTakenBack() throws {
    var ledger = Due.enrolled()
    let part = try #require(ledger.file(Due.caseID).participants.first?.record)
    #expect(throws: Reversal.Obstacle.governed) { try Reversal.draft(over: part, [], isCreation: true) }
    let update = CaseWork.externalUpdate(
      id: Identifier(9_001), alias: Identifier(100_300), text: "nyt", urgency: "soon", on: .on("2020-02-01"))
    let sent = try write(update, to: &ledger)
    #expect(throws: Reversal.Obstacle.sent) {
      try Reversal.draft(over: try #require(ledger[update.id]), sent, isCreation: true)
    }
    let note = CaseWork.note(id: Identifier(9_002), in: Due.caseID, text: "en", on: .on("2020-02-01"))
    let written = try write(note, to: &ledger)
    ledger.write(CaseWork.edit(note: try #require(ledger[note.id]), to: "en to"), by: Due.psychologist)
    #expect(throws: Reversal.Obstacle.writtenOn) {
      try Reversal.draft(over: try #require(ledger[note.id]), written, isCreation: true)
    }
    // Of a register that somebody wrote since, the new value stays.
    let goal = CaseWork.goal(id: Identifier(9_003), in: Due.caseID, title: "søvn", on: .on("2020-02-01"))
    ledger.write(goal)
    var change = RecordDraft.change(try #require(ledger[goal.id]))
    change.write(Field.Goal.title, "ro")
    change.write(Field.Goal.familyRank, 1)
    let changed = try write(change, to: &ledger)
    var title = RecordDraft.change(try #require(ledger[goal.id]))
    title.write(Field.Goal.title, "rolig nat")
    ledger.write(title, by: Due.psychologist)
    ledger.write(try Reversal.draft(over: try #require(ledger[goal.id]), changed, isCreation: false))
    #expect(ledger[goal.id]?.text(Field.Goal.title) == "rolig nat")
    #expect(ledger[goal.id]?.integer(Field.Goal.familyRank) == nil)
  }

  /// What somebody wrote since stays, also where it says the same as what the act left: in an undo, and in
  /// what makes an undone act stand again.
  @Test func theSameSaidAnewStays() throws {
    for writer in [Ledger.author, Due.psychologist] {
      var ledger = Due.enrolled()
      let goal = Identifier(9_001)
      ledger.write(
        CaseWork.goal(id: goal, in: Due.caseID, title: "søvn", familyRank: 1, on: .on("2020-02-01")))
      let ranked = try write(CaseWork.rank(try #require(ledger[goal]), family: 3), to: &ledger)
      let act = try #require(written(Field.Goal.familyRank, ledger[goal]))
      let back = try Reversal.draft(
        over: try #require(ledger[goal]), ranked, isCreation: false,
        of: Reversal.Acts(of: Ledger.author, at: [act]))
      let undone = try write(back, to: &ledger)
      let undo = try #require(written(Field.Goal.familyRank, ledger[goal]))
      let acts = Reversal.Acts(of: Ledger.author, at: [act, undo])
      // As long as nobody wrote in it, it stands again.
      let redo = try Reversal.draft(over: try #require(ledger[goal]), undone, isCreation: false, of: acts)
      #expect(redo.operations.map(\.action) == [.assign(.integer(3))])
      for rank in [2, 1] {
        ledger.write(CaseWork.rank(try #require(ledger[goal]), family: rank), by: writer)
        #expect(throws: Reversal.Obstacle.nothingLeft) {
          try Reversal.draft(over: try #require(ledger[goal]), undone, isCreation: false, of: acts)
        }
      }
    }
  }

  /// Whom somebody else named too stays named, and a task that somebody opened anew is not given up.
  @Test func whatOthersSaidTooStays() throws {
    var ledger = Due.enrolled()
    let (meeting, task) = (Identifier(9_001), Identifier(9_002))
    ledger.write(
      CaseWork.assessmentMeeting(id: meeting, in: Due.caseID, attendees: ["mor"], on: .on("2020-01-02")))
    var both = RecordDraft.change(try #require(ledger[meeting]))
    both.add(Field.AssessmentMeeting.attendees, ["far", "lærer"])
    let named = try write(both, to: &ledger)
    let act = try #require(
      ledger[meeting]?.state.operations(Field.AssessmentMeeting.attendees.id, .set)
        .map(\.context.writtenAt).max())
    var too = RecordDraft.change(try #require(ledger[meeting]))
    too.add(Field.AssessmentMeeting.attendees, ["far"])
    ledger.write(too, by: Due.psychologist)
    let acts = Reversal.Acts(of: Ledger.author, at: [act])
    ledger.write(
      try Reversal.draft(over: try #require(ledger[meeting]), named, isCreation: false, of: acts))
    #expect(
      Set(ledger[meeting]?.state.elements(Field.AssessmentMeeting.attendees.id) ?? [])
        == [.text("mor"), .text("far")])

    let made = try write(
      CaseWork.task(
        id: task, in: Due.caseID, title: "ring", owner: Due.coordinator, on: .on("2020-01-20")), to: &ledger)
    let instant = try #require(written(Field.Task.status, ledger[task]))
    let status = try #require(ledger[task]?.text(Field.Task.status))
    for status in [TaskStatus.cancelled.rawValue, status] {
      var draft = RecordDraft.change(try #require(ledger[task]))
      draft.write(Field.Task.status, status)
      ledger.write(draft, by: Due.psychologist)
    }
    #expect(throws: Reversal.Obstacle.writtenOn) {
      try Reversal.draft(
        over: try #require(ledger[task]), made, isCreation: true,
        of: Reversal.Acts(of: Ledger.author, at: [instant]))
    }
  }

  /// A note that was moved to the right family's case, or taken back, is not given to the wrong one again; an
  /// act is taken back whole or not at all.
  @Test func aMovedNoteIsNotGivenBack() throws {
    var ledger = Due.enrolled()
    let note = CaseWork.note(id: Identifier(9_001), in: Due.caseID, text: "x", on: .on("2020-02-01"))
    ledger.write(note)
    let copy = CaseWork.copy(
      note: try #require(ledger[note.id]), id: Identifier(9_002), to: Identifier(500), about: [])
    var next: UInt64 = 9_100
    let closing = CaseWork.enteredInError(
      try #require(ledger[note.id]), in: Due.caseID, author: Ledger.author, reason: nil, on: .on("2020-02-02")
    ) {
      next += 1
      return Identifier(next)
    }
    ledger.write([copy] + closing)
    let act = ([copy] + closing).compactMap { ledger[$0.id] }
    #expect(Reversal.obstacle(of: act) == .takenAway)
    #expect(Reversal.obstacle(of: act.filter { $0.kind == .note }) == nil)
    let part = try #require(ledger.file(Due.caseID).participants.first?.record)
    #expect(Reversal.obstacle(of: act.filter { $0.kind == .note } + [part]) == .governed)
  }

  private func written(_ field: FieldDefinition, _ record: CaseRecord?) -> Int64? {
    record?.state.values(field.id).first?.context.writtenAt
  }
}
