import CRDT
import CaseModel
import Testing

@Suite struct CaseRecordTests {
  @Test func aValueOfAnotherTypeReadsAsNone() {
    var ledger = Ledger()
    var draft = RecordDraft.new(.child, id: Identifier(5), in: Identifier(4))
    draft.write(Field.Child.name, Value.integer(7))
    draft.write(Field.Child.born, Value.integer(.max))
    ledger.write(draft)
    let child = ledger[Identifier(5)]
    #expect(child?.text(Field.Child.name) == nil)
    #expect(child?.day(Field.Child.born) == nil)
    #expect(child?.integer(Field.Child.born) == .max)
  }

  /// A peer that takes a governed field for a register writes beside it and governs nothing.
  @Test func anArbitratedFieldIsReadOnlyAsDecided() {
    var ledger = Ledger()
    let part = CaseWork.participant(
      id: Identifier(5), in: Identifier(4), person: Identifier(6), role: .coreTeam, since: .on("2020-01-01"))
    ledger.write(part)
    var forged = RecordDraft.new(.participant, id: Identifier(5), in: Identifier(4))
    forged.operations = [
      Operation(field: Field.Participant.person.id, action: .assign(.identifier(Identifier(9))))
    ]
    ledger.write(forged)
    #expect(ledger[Identifier(5)].flatMap { Participation($0) }?.person == Identifier(6))
  }

  @Test func conflictsAreListedAndSettled() throws {
    let (case1, goal) = (Identifier(4), Identifier(5))
    var ledger = Ledger()
    ledger.write(CaseWork.goal(id: goal, in: case1, title: "sleep", familyRank: 3, on: .on("2020-01-01")))
    let before = try #require(ledger[goal])
    ledger.write(CaseWork.rank(before, family: 1), by: Identifier(21), seen: before.state.version)
    ledger.write(CaseWork.rank(before, family: 2), by: Identifier(22), seen: before.state.version)
    let conflicts = RecordConflict.all(in: ledger.all)
    #expect(conflicts.map(\.fieldName) == ["family_rank"])
    #expect(conflicts.first?.isDisagreement == true)
    #expect(Set(conflicts.flatMap(\.operations).map(\.value)) == [.integer(1), .integer(2)])
    ledger.write(CaseWork.rank(try #require(ledger[goal]), family: 1))
    #expect(RecordConflict.all(in: ledger.all).isEmpty)
  }

  @Test(arguments: [0, 1, 63, 64, 65, 200])
  func entriesHoldAtMost64Drafts(_ count: Int) {
    let drafts = (0..<count).map { RecordDraft.new(.note, id: Identifier(UInt64($0)), in: Identifier(9_999)) }
    let entries = RecordDraft.entries(of: drafts)
    #expect(entries.allSatisfy { (1...64).contains($0.count) })
    #expect(entries.flatMap { $0 } == drafts)
  }

  @Test func entriesHoldNoMoreThanAMessage() {
    let drafts = (0..<20).map { number in
      var draft = RecordDraft.new(.note, id: Identifier(UInt64(number)), in: Identifier(9_999))
      draft.write(Field.Note.text, String(repeating: "x", count: 50_000))
      return draft
    }
    let entries = RecordDraft.entries(of: drafts)
    #expect(entries.map(\.count) == [3, 3, 3, 3, 3, 3, 2])
    #expect(entries.flatMap { $0 } == drafts)
  }
}
