import CRDT
import Testing

@testable import CaseModel

/// A note that stands wrong is taken from all but its author.
@Suite struct EnteredInErrorTests {
  private let karin = Identifier(2)
  private let poul = Identifier(3)
  private let caseID = Identifier(100)

  @Test func onlyItsAuthorReadsItAfterwards() throws {
    var ledger = Ledger()
    ledger.write(
      CaseWork.open(case: caseID, label: "F", on: .on("2020-01-01"), creator: karin, as: .familyCoordinator) {
        _ in Identifier(101)
      }, by: karin)
    ledger.write(
      [
        CaseWork.participant(
          id: Identifier(102), in: caseID, person: poul, role: .coreTeam, since: .on("2020-01-01")),
        CaseWork.allocation(caseID, Identifier(103), to: karin, on: .on("2020-01-01")),
        CaseWork.note(
          id: Identifier(200), in: caseID, text: "om en anden", title: "t", on: .on("2020-01-02")),
        CaseWork.note(id: Identifier(201), in: caseID, text: "bliver", on: .on("2020-01-02")),
      ], by: karin)
    let note = try #require(ledger[Identifier(200)])
    let other = try #require(ledger[Identifier(201)])
    var next: UInt64 = 300
    let drafts = CaseWork.enteredInError(
      note, in: caseID, author: karin, reason: "forkert familie", on: .on("2020-01-03")
    ) {
      next += 1
      return Identifier(next)
    }
    var state = GoverningState()
    state.setRole(.familyCoordinator, of: karin)
    state.setRole(.coreTeam, of: poul)
    for record in ledger.all { state.update(with: record) }
    for draft in drafts {
      let reference = draft.reference(creator: nil, receivedAt: nil)
      #expect(may(karin, draft.action, reference, at: 1, in: state).isAllowed)
    }
    // Nobody but who governs the case closes anything in it.
    let closing = drafts[0].reference(creator: nil, receivedAt: nil)
    #expect(!may(poul, drafts[0].action, closing, at: 1, in: state).isAllowed)
    #expect(may(poul, .read, note.reference, at: 1, in: state).isAllowed)
    #expect(ledger.file(caseID).takenBack.isEmpty)
    ledger.write(drafts, by: karin)
    #expect(ledger.file(caseID).takenBack == [note.id])
    for record in ledger.all { state.update(with: record) }
    #expect(may(poul, .read, note.reference, at: 2, in: state).rule == .outsideAudience)
    #expect(may(karin, .read, note.reference, at: 2, in: state).isAllowed)
    #expect(may(poul, .read, other.reference, at: 2, in: state).isAllowed)
    // What says so does not say what the note said.
    let settlement = try #require(ledger.file(caseID).all(.settlement).first)
    #expect(settlement.text(Field.Settlement.rule) == "entered_in_error")
    #expect(settlement.identifiers(Field.Settlement.records) == [note.id])
    #expect(settlement.text(Field.Settlement.text) == "forkert familie")

    let copy = CaseWork.copy(note: note, id: Identifier(400), to: Identifier(500), about: [Identifier(501)])
    ledger.write([copy], by: karin)
    let moved = try #require(ledger[Identifier(400)])
    #expect(moved.text(Field.Note.text) == "om en anden" && moved.text(Field.Note.title) == "t")
    #expect(moved.caseID == Identifier(500) && moved.about == [Identifier(501)])
    #expect(moved.day(Field.Note.writtenFor) == .on("2020-01-02"))
  }
}
