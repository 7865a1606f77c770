import CRDT
import CaseModel
import Testing

/// Until when a decision can be complained about (retssikkerhedsloven § 67).
@Suite struct ComplaintPeriodTests {
  typealias Due = DueWorkTests
  private let decision = Identifier(600)

  private func issued() throws -> Ledger {
    var ledger = Due.enrolled()
    ledger.write([
      CaseWork.decision(
        id: decision, in: Due.caseID, matter: "respite", outcome: Code.granted, legalBasis: "§ 90")
    ])
    let prepared = try #require(ledger[decision])
    #expect(ComplaintPeriod(of: prepared) == nil)
    ledger.write([
      CaseWork.issue(
        decision: prepared, by: Due.leader, on: .on("2020-02-03"), complaintUntil: .on("2020-03-02"))
    ])
    return ledger
  }

  private func period(_ ledger: Ledger) throws -> ComplaintPeriod? {
    ComplaintPeriod(of: try #require(ledger[decision]))
  }

  private func deadlines(_ ledger: Ledger) -> [CalendarDay] {
    CalendarEvent.all(in: CaseStock(records: ledger.all), for: Due.coordinator, from: .on("2020-02-01"))
      .filter { $0.code == "complaint_until" }.map(\.day)
  }

  /// It is open until the decision is delivered, which is what is to be done; then it runs from that day.
  @Test func itRunsFromTheDelivery() throws {
    var ledger = try issued()
    let open = try period(ledger)
    #expect(open?.dayCount == 28 && open?.until == nil)
    #expect(deadlines(ledger).isEmpty)
    #expect(Due.reasons(ledger, on: "2020-02-10").contains(.undelivered))
    ledger.write([
      CaseWork.deliver(decision: try #require(ledger[decision]), form: "letter", on: .on("2020-02-17"))
    ])
    #expect(try period(ledger)?.until == .on("2020-03-16"))
    #expect(deadlines(ledger) == [.on("2020-03-16")])
  }

  /// What somebody else decided stands beside the issue after a server was set back: the leader issues the
  /// decision anew, and the family is handed it anew.
  @Test func whatIsNotWhatWasIssuedIsIssuedAndDeliveredAgain() throws {
    var ledger = try issued()
    ledger.write([
      CaseWork.deliver(decision: try #require(ledger[decision]), form: "letter", on: .on("2020-02-04"))
    ])
    var back = RecordDraft.change(try #require(ledger[decision]))
    back.write(Field.Decision.outcome, Code.refused)
    ledger.write(back, by: Identifier(99), seen: VersionVector())
    #expect(try period(ledger) == nil && deadlines(ledger).isEmpty)
    #expect(Due.reasons(ledger, for: Due.leader, as: .leader, on: "2020-02-10").contains(.unissued))
    #expect(!Due.reasons(ledger, on: "2020-02-10").contains(.unexplained))
    ledger.write([
      CaseWork.issue(
        decision: try #require(ledger[decision]), by: Due.leader, on: .on("2020-02-11"),
        complaintUntil: .on("2020-03-10"))
    ])
    #expect(!Due.reasons(ledger, for: Due.leader, as: .leader, on: "2020-02-12").contains(.unissued))
    #expect(Due.reasons(ledger, on: "2020-02-12").contains(.undelivered))
  }

  /// A day before the issue shortens no period, and what was taken back has none.
  @Test func aSlipShortensNothing() throws {
    var ledger = try issued()
    var slip = RecordDraft.change(try #require(ledger[decision]))
    slip.write(Field.Decision.deliveredOn, .on("2019-02-17"))
    ledger.write([slip])
    #expect(try period(ledger)?.until == .on("2020-03-02"))
    ledger.write([CaseWork.withdraw(decision: try #require(ledger[decision]))])
    #expect(try period(ledger) == nil)
    #expect(deadlines(ledger).isEmpty)
  }
}
