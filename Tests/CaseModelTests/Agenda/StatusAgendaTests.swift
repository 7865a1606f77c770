import CRDT
import CaseModel
import Testing

/// The agenda that writes itself (R27–R29).
@Suite struct StatusAgendaTests {
  typealias Due = DueWorkTests
  static let meeting = Identifier(40)

  /// Cases that were enrolled in January and contacted in each month, and a meeting on 3 March at which they
  /// were all that was known.
  private func stock(_ count: UInt64) -> Ledger {
    var ledger = Ledger()
    for number in 1...count {
      Due.add(Identifier(number), on: "2020-01-20", to: &ledger)
      for (id, day) in [(1, "2020-01-25"), (2, "2020-02-25")] as [(UInt64, String)] {
        ledger.write(contact(number * 1_000 + 500 + id, in: number, on: day))
      }
    }
    ledger.write(CaseWork.statusMeeting(id: Self.meeting, on: .on("2020-03-03")))
    return ledger
  }

  private func contact(
    _ id: UInt64, in number: UInt64, on day: String, warning: String? = nil
  ) -> RecordDraft {
    CaseWork.contact(
      id: Identifier(id), in: Identifier(number), form: "visit", by: nil, earlyWarning: warning,
      on: .on(day))
  }

  private func agenda(_ ledger: Ledger, on day: String) -> StatusAgenda {
    StatusAgenda(of: CaseStock(records: ledger.all), on: .on(day))
  }

  private func reasons(_ ledger: Ledger, on day: String = "2020-03-17") -> [UInt64: [AgendaReason]] {
    Dictionary(
      agenda(ledger, on: day).entries.map { ($0.caseID.low, $0.reasons) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Story 8: thirty cases, six of which have developed.
  @Test func sixOfThirty() {
    var ledger = stock(30)
    #expect(agenda(ledger, on: "2020-03-17").entries.isEmpty)
    #expect(agenda(ledger, on: "2020-03-10").proposedOn == .on("2020-03-17"))
    let day = CalendarDay.on("2020-03-10")
    ledger.write(contact(91_001, in: 3, on: "2020-03-10"))
    ledger.write(contact(91_002, in: 4, on: "2020-03-10", warning: "mor sover ikke"))
    ledger.write(
      CaseWork.externalUpdate(
        id: Identifier(91_003), alias: Identifier(7_300), text: "nyt", urgency: "urgent", on: day))
    ledger.write(
      CaseWork.majorChange(id: Identifier(91_004), in: Identifier(11), trigger: "divorce", on: day))
    ledger.write(
      CaseWork.assessment(id: Identifier(91_005), in: Identifier(11), notes: [:], on: day))
    ledger.write(CaseWork.plan(id: Identifier(91_006), in: Identifier(12), on: day))
    var request = RecordDraft.new(.informationRequest, id: Identifier(91_007), in: Identifier(20))
    request.write(Field.InformationRequest.requestedOn, .on("2020-02-01"))
    request.write(Field.InformationRequest.receivedOn, day)
    ledger.write(request)
    var decision = CaseWork.decision(id: Identifier(91_008), in: Identifier(29), matter: "respite")
    decision.write(Field.Decision.issuedOn, day)
    decision.write(Field.Decision.issuedBy, Identifier(1))
    ledger.write(decision)
    #expect(
      reasons(ledger) == [
        4: [.contactEarlyWarning], 7: [.update], 11: [.majorChange, .assessment], 12: [.plan],
        20: [.informationArrived], 29: [.decision],
      ])
    #expect(
      agenda(ledger, on: "2020-03-17").entries.first { $0.caseID.low == 11 }?.records.map(\.low) == [
        91_004, 91_005,
      ])
  }

  /// What nobody did is a development too.
  @Test func whatWasNotDone() {
    var ledger = stock(3)
    var task = CaseWork.task(
      id: Identifier(92_001), in: Identifier(2), title: "ring", owner: nil, due: .on("2020-03-20"),
      on: .on("2020-02-20"))
    ledger.write(task)
    ledger.write(contact(92_002, in: 1, on: "2020-03-22"))
    ledger.write(contact(92_003, in: 2, on: "2020-03-22"))
    #expect(reasons(ledger, on: "2020-04-25") == [2: [.overdueTask], 3: [.overdueContact]])
    task = CaseWork.move(ledger[task.id] ?? ledger.all[0], to: .completed, on: .on("2020-04-25"))
    ledger.write(task)
    #expect(reasons(ledger, on: "2020-04-25") == [3: [.overdueContact]])
    // Whoever holds milestones alone cannot say that a contact is missing.
    let milestones = ledger.all.filter { $0.kind.isMilestone || $0.kind.home == .register }
    #expect(StatusAgenda(of: CaseStock(records: milestones), on: .on("2020-04-25")).entries.isEmpty)
  }

  /// What came in after the meeting, though it had happened before, was discussed by nobody.
  @Test func whatWasEnteredLate() {
    var ledger = stock(2)
    ledger.write(contact(93_001, in: 2, on: "2020-03-02", warning: "fald"))
    #expect(reasons(ledger) == [2: [.contactEarlyWarning]])
    // A meeting that was recorded later still looks back to its own day.
    var late = stock(2)
    late.write(contact(93_002, in: 1, on: "2020-03-05", warning: "fald"))
    late.write(CaseWork.statusMeeting(id: Identifier(41), on: .on("2020-03-04")))
    #expect(reasons(late) == [1: [.contactEarlyWarning]])
    late.write(CaseWork.statusMeeting(id: Identifier(42), on: .on("2020-03-06")))
    #expect(reasons(late).isEmpty)
  }

  /// An item without an outcome stands on the next agenda; one outcome closes it, whoever wrote it.
  @Test func whatIsOpenIsCarriedOver() {
    var ledger = stock(3)
    for number in 1...2 as ClosedRange<UInt64> {
      ledger.write(
        CaseWork.agendaItem(
          id: Identifier(94_000 + number), in: Identifier(number), meeting: Self.meeting,
          reasons: [.update], on: .on("2020-03-03")))
    }
    #expect(reasons(ledger) == [1: [.carriedOver], 2: [.carriedOver]])
    #expect(agenda(ledger, on: "2020-03-17").entries.first?.carried.map(\.id.low) == [94_001])
    ledger.write(
      CaseWork.close(
        ledger[Identifier(94_001)] ?? ledger.all[0], outcome: .none, on: .on("2020-03-03")))
    ledger.write(
      CaseWork.agendaItem(
        id: Identifier(94_009), in: Identifier(2), meeting: Self.meeting, outcome: .action,
        on: .on("2020-03-03")))
    #expect(reasons(ledger).isEmpty)
  }

  /// Only enrolled cases; before the first meeting each of them is new.
  @Test func enrolledCasesAlone() {
    var ledger = Ledger()
    Due.add(Identifier(1), on: "2020-01-20", to: &ledger)
    ledger.write(
      CaseWork.open(
        case: Identifier(2), label: "F2", on: .on("2020-01-20"), creator: Due.leader, as: .leader,
        identify: Due.fresh(2_000)))
    ledger.write(CaseWork.offer(id: Identifier(2_100), in: Identifier(2), on: .on("2020-01-21")))
    #expect(reasons(ledger, on: "2020-02-01") == [1: [.newCase]])
    #expect(agenda(ledger, on: "2020-02-01").since == nil)
    ledger.write(
      CaseWork.discharge(
        in: Identifier(1), children: [], on: .on("2020-01-31"), identify: Due.fresh(3_000)))
    #expect(reasons(ledger, on: "2020-02-01").isEmpty)
  }

  /// The meeting that an item belongs to: the one that is being held, else the last.
  @Test func whichMeeting() {
    var ledger = stock(1)
    func meeting(_ day: String) -> UInt64? {
      CaseStock(records: ledger.all).statusMeeting(on: .on(day))?.id.low
    }
    ledger.write(CaseWork.planStatusMeeting(id: Identifier(41), on: .on("2020-03-17")))
    #expect(meeting("2020-03-01") == nil && meeting("2020-03-16") == 40 && meeting("2020-03-17") == 41)
    #expect(meeting("2020-03-18") == 41, "it was not recorded as held yet")
    ledger.write(CaseWork.hold(ledger[Identifier(41)] ?? ledger.all[0], on: .on("2020-03-18")))
    #expect(meeting("2020-03-18") == 41 && meeting("2020-03-17") == 40)
    let held = CaseStock(records: ledger.all)
    #expect(held.statusMeeting(heldOn: .on("2020-03-18"))?.id == Identifier(41))
    #expect(held.statusMeeting(heldOn: .on("2020-03-17")) == nil, "it was planned for that day")
    #expect(CaseStock(records: ledger.all).plannedStatusMeetings.isEmpty)
  }

  /// From the records in any order.
  @Test func anyOrderGivesTheSame() {
    for seed in 0..<40 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var ledger = stock(4)
      for number in 1...4 as ClosedRange<UInt64> {
        let all = Due.everything(number * 1_000 + 700, in: Identifier(number))
        ledger.write(all.filter { _ in random.chance(50) })
      }
      let day = CalendarDay.on("2020-03-\(random.below(20) + 10)")
      let entries = StatusAgenda(of: CaseStock(records: ledger.all), on: day).entries
      let other = StatusAgenda(of: CaseStock(records: ledger.all.shuffled(using: &random)), on: day)
      #expect(other.entries == entries, "seed \(seed)")
    }
  }
}
