import CRDT
import CaseModel
import Testing

/// At which meeting something is said of a case.
@Suite struct AgendaPlaceTests {
  typealias Due = DueWorkTests
  private static let first = Identifier(41)
  private static let next = Identifier(42)

  private func place(_ ledger: Ledger, on day: String) -> AgendaPlace? {
    AgendaPlace(of: ledger.file(Due.caseID), in: CaseStock(records: ledger.all), on: .on(day))
  }

  private func item(_ id: UInt64, at meeting: Identifier, on day: String, ended: Bool) -> RecordDraft {
    CaseWork.agendaItem(
      id: Identifier(id), in: Due.caseID, meeting: meeting, outcome: ended ? .action : nil, on: .on(day))
  }

  /// Before the first meeting there may be one that is called.
  @Test func whatIsSaidBeforeTheFirstMeetingIsForIt() {
    var ledger = Due.enrolled()
    #expect(place(ledger, on: "2020-02-01") == nil)
    ledger.write(CaseWork.planStatusMeeting(id: Self.first, on: .on("2020-02-05")))
    #expect(place(ledger, on: "2020-02-01")?.meeting.id == Self.first)
    ledger.write(item(600, at: Self.first, on: "2020-02-01", ended: true))
    #expect(place(ledger, on: "2020-02-02")?.item?.id == Identifier(600))
  }

  /// What a held meeting said is not written over by what is said before the next one.
  @Test func whatAMeetingSaidStands() {
    var ledger = Due.enrolled()
    ledger.write(CaseWork.statusMeeting(id: Self.first, attendees: [], on: .on("2020-02-05")))
    ledger.write(item(600, at: Self.first, on: "2020-02-05", ended: false))
    #expect(place(ledger, on: "2020-02-07")?.item?.id == Identifier(600), "it was left open")
    ledger.write(item(601, at: Self.first, on: "2020-02-05", ended: true))
    if let open = ledger[Identifier(600)] {
      ledger.write(CaseWork.close(open, outcome: .none, on: .on("2020-02-05")))
    }
    #expect(place(ledger, on: "2020-02-05")?.item != nil, "it is corrected on the day")
    let later = place(ledger, on: "2020-02-07")
    #expect(later?.meeting.id == Self.first && later?.item == nil)
    ledger.write(CaseWork.planStatusMeeting(id: Self.next, on: .on("2020-02-19")))
    let ahead = place(ledger, on: "2020-02-07")
    #expect(ahead?.meeting.id == Self.next && ahead?.item == nil)
  }
}
