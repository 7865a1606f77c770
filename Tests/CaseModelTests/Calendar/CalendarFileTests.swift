import CRDT
import Testing

@testable import CaseModel

/// Meetings and deadlines as a calendar program reads them (RFC 5545).
@Suite struct CalendarFileTests {
  typealias Due = DueWorkTests

  private func events(_ ledger: Ledger, for person: Identifier = Due.coordinator) -> [CalendarEvent] {
    CalendarEvent.all(in: CaseStock(records: ledger.all), for: person, from: .on("2020-02-01"))
  }

  private func full() -> Ledger {
    var ledger = Due.enrolled()
    ledger.write(Due.everything())
    ledger.write(CaseWork.planStatusMeeting(id: Identifier(41), on: .on("2020-02-05")))
    var called = RecordDraft.new(.assessmentMeeting, id: Identifier(7_050), in: Due.caseID)
    called.write(Field.AssessmentMeeting.plannedOn, .on("2020-02-05"))
    called.write(Field.AssessmentMeeting.time, "kl. 9:30")
    called.add(Field.AssessmentMeeting.invited, [Due.psychologist])
    ledger.write(called)
    return ledger
  }

  @Test func whatStandsInIt() {
    let ledger = full()
    #expect(
      events(ledger).map { "\($0.day) \($0.code)\($0.time.map { " \($0.hour):\($0.minute)" } ?? "")" } == [
        "2020-02-03 task", "2020-02-05 status_meeting", "2020-02-05 assessment_meeting",
        "2020-02-05 assessment_meeting 9:30", "2020-02-09 contact_due", "2020-04-12 follow_up_due",
      ])
    #expect(
      events(ledger, for: Due.psychologist).map(\.code) == [
        "status_meeting", "assessment_meeting", "assessment_meeting",
      ])
    var closed = ledger
    closed.write(
      CaseWork.discharge(in: Due.caseID, children: [], on: .on("2020-02-01"), identify: Due.fresh(8_000)))
    #expect(events(closed).map(\.code) == ["status_meeting"])
  }

  @Test func theFileIsWhatTheStandardAsks() throws {
    let text = CalendarFile.text(events(full()), name: "KOS") { "\($0.code); æ, \\\nny linje" }
    #expect(text.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.hasSuffix("END:VCALENDAR\r\n"))
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.utf8.count <= 75 && !$0.contains("\n") && !$0.contains("\r") })
    #expect(lines.contains("SUMMARY:task\\; æ\\, \\\\\\nny linje"))
    #expect(lines.contains("DTSTART;TZID=Europe/Copenhagen:20200205T093000"))
    #expect(lines.contains("DTSTART;VALUE=DATE:20200203"))
    #expect(lines.count { $0 == "BEGIN:VEVENT" } == 6 && lines.count { $0 == "END:VEVENT" } == 6)
    #expect(lines.count { $0 == "BEGIN:VTIMEZONE" } == 1)
    let names = lines.filter { $0.hasPrefix("UID:") }
    #expect(Set(names).count == 6 && names.contains("UID:\(Identifier(7_006))-task@kos"))
    #expect(CalendarFile.text(events(full()), name: "KOS") { "\($0.code); æ, \\\nny linje" } == text)
  }

  /// A contact moves the day by which the next is due; in the calendar it is the same event, moved.
  @Test func theNextContactKeepsItsName() {
    func contacts(_ ledger: Ledger) -> [CalendarEvent] {
      events(ledger).filter { $0.code == "contact_due" }
    }
    var ledger = full()
    let before = contacts(ledger)
    ledger.write(
      CaseWork.contact(
        id: Identifier(7_090), in: Due.caseID, form: "telephone", by: nil, text: "x", on: .on("2020-02-01")))
    let after = contacts(ledger)
    #expect(before.map(\.day) == [.on("2020-02-09")] && after.map(\.day) == [.on("2020-03-09")])
    func names(_ events: [CalendarEvent]) -> [Substring] {
      CalendarFile.text(events, name: "KOS") { $0.code }.split(separator: "\r\n").filter {
        $0.hasPrefix("UID:")
      }
    }
    #expect(names(before) == names(after))
    #expect(names(before) == ["UID:\(Due.caseID)-contact_due@kos"])
    #expect(!events(ledger, for: Due.psychologist).contains { $0.code == "contact_due" })
  }

  /// Unfolded, a line is what it was, wherever it was cut.
  @Test func foldingCutsNoCharacter() {
    for seed in 0..<200 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let line = (0..<random.below(200)).map { _ in random.pick(["a", "æ", "å", "😀", "é", " "]) }.joined()
      let folded = CalendarFile.folded(line)
      #expect(folded.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 }, "seed \(seed)")
      var unfolded = folded.unicodeScalars.map(String.init).joined()
      unfolded = unfolded.split(separator: "\r\n ", omittingEmptySubsequences: false).joined()
      #expect(Array(unfolded.utf8) == Array(line.utf8), "seed \(seed)")
    }
  }

  @Test(
    arguments: [
      ("13:30", "13:30"), ("9.00", "9:0"), ("kl. 08:05", "8:5"), ("kl 8.05", "8:5"), ("24:00", nil),
      ("12:60", nil), ("formiddag", nil), ("", nil), (":", nil), ("1:2:3", nil), ("-1:00", nil),
    ] as [(String, String?)]) func timesOfDay(text: String, time: String?)
  {
    #expect(CalendarEvent.Time(text).map { "\($0.hour):\($0.minute)" } == time)
  }
}
