import CRDT
import CaseModel
import Testing

/// What was printed of a case, as it was noted there.
@Suite struct PrintingTests {
  private static let caseID = Identifier(100)
  private static let (note, plan) = (Identifier(1), Identifier(2))

  private func file() -> CaseFile {
    var ledger = Ledger()
    for (id, day, shown) in [(UInt64(11), "2020-02-02", [Self.plan]), (10, "2020-02-01", [Self.note])] {
      ledger.write(
        CaseWork.disclosure(
          id: Identifier(id), in: Self.caseID, about: [], form: "plan", records: shown,
          to: id == 10 ? Identifier(7) : nil, label: id == 10 ? nil : "family", on: .on(day)),
        by: Identifier(5))
    }
    return ledger.file(Self.caseID)
  }

  @Test func itIsToldOfWhatStandsOnIt() {
    let file = file()
    #expect(file.printings(of: []).isEmpty)
    #expect(file.printings(of: [Self.note]).map(\.record.id) == [Identifier(10)])
    #expect(file.printings(of: [Identifier(11)]).map(\.shown) == [[Self.plan]], "the disclosure itself")
    let both = file.printings(of: [Self.note, Self.plan])
    #expect(both.map(\.day) == [.on("2020-02-01"), .on("2020-02-02")], "oldest first")
    #expect(both.map(\.printer) == [Identifier(5), Identifier(5)])
    #expect(both.map(\.recipient) == [Identifier(7), nil])
    #expect(both.map(\.recipientLabel) == [nil, "family"])
  }
}
