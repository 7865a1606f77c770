import CRDT
import CaseModel
import Testing

/// A form of a visit becomes one act, or says which line is wrong.
@Suite struct VisitFormTests {
  private let caseID = Identifier(100)

  private func goals(_ count: Int) -> [CaseRecord] {
    var ledger = Ledger()
    for number in 0..<count {
      ledger.write([
        CaseWork.goal(
          id: Identifier(UInt64(200 + number)), in: caseID, title: "mål", familyRank: number + 1,
          on: .on("2020-01-01"))
      ])
    }
    return ledger.file(caseID).goals
  }

  private func drafts(_ text: String, goals count: Int = 2) throws -> [RecordDraft] {
    var next: UInt64 = 300
    return try CaseWork.visit(
      try VisitForm(text), in: caseID, about: [caseID], goals: goals(count), by: Identifier(7),
      on: .on("2020-07-01")
    ) {
      next += 1
      return Identifier(next)
    }
  }

  private func records(_ text: String) throws -> [CaseRecord] {
    var ledger = Ledger()
    ledger.write(try drafts(text))
    return ledger.all
  }

  @Test func aFormBecomesOneAct() throws {
    let form = """
      # Besøg, sag F01. Kontakt: står her og tæller ikke.
      Dato: 2020-06-30

      Kontakt: Vi talte ved bordet.
      Hun sagde: det går bedre.

      To linjer til.
      TIDLIG ADVARSEL:
      Faren er sygemeldt.
      Mål 2: Han sover nu igennem.
      Opgave: Ring til skolen | 2020-08-01 | Karin
      Opgave: Bestil stol
      Notat:

      Husk nøglen.
      Mål 1:

      """
    let written = try records(form)
    #expect(written.map(\.kind) == [.contact, .note, .task, .task, .note])
    let contact = written[0]
    #expect(contact.day(Field.Contact.heldOn) == .on("2020-06-30"))
    #expect(
      contact.text(Field.Contact.text)
        == "Vi talte ved bordet.\nHun sagde: det går bedre.\n\nTo linjer til.")
    #expect(contact.text(Field.Contact.earlyWarning) == "Faren er sygemeldt.")
    #expect(contact.identifier(Field.Contact.by) == Identifier(7))
    #expect(written[1].identifier(Field.Note.concerns) == Identifier(201))
    #expect(
      written[1].text(Field.Note.text) == "Han sover nu igennem." && written[1].informationType == .plan)
    #expect(written[2].text(Field.Task.title) == "Ring til skolen")
    #expect(written[2].day(Field.Task.dueOn) == .on("2020-08-01"))
    #expect(written[2].text(Field.Task.ownerLabel) == "Karin")
    #expect(written[2].identifier(Field.Task.source) == contact.id)
    #expect(written[3].text(Field.Task.title) == "Bestil stol" && written[3].day(Field.Task.dueOn) == nil)
    #expect(written[4].text(Field.Note.text) == "Husk nøglen.")
  }

  @Test func englishHeadingsAndWindowsLines() throws {
    let written = try records("Date: 2020-06-30\r\nGoal 1: better\r\nEarly warning: tired\r\nNote: x\r\n")
    #expect(written.map(\.kind) == [.contact, .note, .note])
    #expect(written[0].text(Field.Contact.earlyWarning) == "tired")
  }

  @Test(arguments: [
    ("\n\nhej\nKontakt: x", 3, VisitFormError.Problem.noHeading),
    ("Kontakt: x\nOpgve: ring", 2, .misspelt("opgave")),
    ("Kontakt: x\nTidlig advarsl: y", 2, .misspelt("tidlig advarsel")),
    ("Kontakt: x\nMål1: y", 2, .misspelt("mål")), ("Kontakt: x\n\nKontakt: y", 3, .twice),
    ("Mål 1: x\nMål 1: y", 2, .twice), ("Kontakt: x\nMål 3: y", 2, .noGoal(3)),
    ("Dato: i går\nKontakt: x", 1, .badDay), ("Kontakt: x\nOpgave: ring | 1/8", 2, .badDay),
    ("Kontakt: x\nOpgave: | 2020-08-01", 2, .emptyTask), ("", 0, .empty), ("# intet", 0, .empty),
    ("Kontakt:\nNotat:\n", 0, .empty), ("Dato: 2020-01-01", 0, .empty),
    (String(repeating: "\n", count: 3000), 2000, .tooLong),
  ]) func whatIsWrongNamesItsLine(_ text: String, _ line: Int, _ problem: VisitFormError.Problem) {
    #expect(throws: VisitFormError(line: line, problem)) { try drafts(text) }
  }

  /// A colon makes no heading, and a line that begins with a space is never taken for one.
  @Test func textStaysText() throws {
    let written = try records("Kontakt: x\n Opgve: ring\nKl. 14: besøg\nAftale: ja\nMåske: nej")
    #expect(written.count == 1)
    #expect(written[0].text(Field.Contact.text) == "x\nOpgve: ring\nKl. 14: besøg\nAftale: ja\nMåske: nej")
  }

  /// Bytes of any sort give a form or an error, and never more than 64 drafts that went unnoticed.
  @Test(arguments: 0..<200) func anyTextIsReadOrRefused(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let pieces = [
      "Kontakt:", "Mål 1:", "Mål 99999999999999999999:", "Opgave:", "|", "\n", "\r\n", "\u{2028}", " ", "#",
      ":", "2020-01-01", "ø", "\u{0}", "Dato:", "Notat:", "x", "Mål -1:", "Goal ²:",
    ]
    let text = (0..<random.below(40)).map { _ in random.pick(pieces) }.joined()
    if let written = try? drafts(text) { #expect(!written.isEmpty && written[0].kind == .contact) }
  }

  /// The same form once more is noticed as long as its words stand, whatever became of its tasks.
  @Test func aFormThatWasReadBeforeIsNoticed() throws {
    let form = "Dato: 2020-06-30\nKontakt: Vi talte.\nOpgave: Ring til skolen\nNotat: Husk nøglen."
    var ledger = Ledger()
    let first = try drafts(form)
    #expect(CaseWork.dayRecorded(first, in: ledger.file(caseID)) == nil)
    ledger.write(first)
    let task = try #require(first.first { $0.kind == .task })
    var done = RecordDraft.change(try #require(ledger[task.id]))
    done.write(Field.Task.status, TaskStatus.completed.rawValue)
    done.write(Field.Task.completedOn, .on("2020-07-02"))
    ledger.write(done)
    #expect(CaseWork.dayRecorded(try drafts(form), in: ledger.file(caseID)) == .on("2020-06-30"))
    for other in [form + "\nOpgave: Bestil stol", form.replacing("06-30", with: "06-29")] {
      #expect(CaseWork.dayRecorded(try drafts(other), in: ledger.file(caseID)) == nil)
    }
  }
}
