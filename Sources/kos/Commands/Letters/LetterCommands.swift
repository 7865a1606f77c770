import ArgumentParser
import CaseModel

/// Letters and pages to print.
struct LetterGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "letter",
    abstract: Phrase("Breve og sider til udskrift.", "Letters and pages to print.").said,
    discussion: Phrase(
      """
      Én HTML-fil uden programmer, på dansk eller med --lang en på engelsk. At den er skrevet, og hvad der \
      står i den, noteres i sagen og i loggen. Beskyttede kontaktoplysninger er aldrig med.
      """,
      """
      One file of HTML without scripts, in Danish or with --lang en in English. That it was written, and \
      what stands in it, is noted in the case and in the log. Protected contacts are never in it.
      """
    ).said,
    subcommands: [LetterPlan.self, LetterDecision.self, LetterMinutes.self, LetterVisitSheet.self])
}

/// Writes the family's plan (R57).
struct LetterPlan: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: Phrase("Familiens plan, uden interne notater.", "The family's plan, without internal notes.")
      .said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"))
  var caseReference: String
  @OptionGroup var recipient: LetterRecipientOptions
  @OptionGroup var letter: LetterOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    try session.checkPrinting(in: file)
    let stock = try session.replica.stock()
    let person = try recipient.person(in: file, session)
    var paper = LetterPaper(session, stock, file, try session.letterScope(for: person, in: file))
    let name = person.map { paper.name($0) } ?? paper.say(.letterFamily)
    guard let page = paper.planPage(to: name) else {
      throw Failure(.usage, person == nil ? .noPlan : .letterNotReleased)
    }
    try await session.print(page, of: paper, as: "plan", to: person, label: "family", letter)
  }
}

/// Writes a decision to the family (R25, R62).
struct LetterDecision: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "decision", abstract: Phrase("En afgørelse til familien.", "A decision to the family.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"))
  var caseReference: String
  @Argument(
    help: Phrase(
      "Afgørelsen: dens nummer i rækkefølge eller dens id.", "The decision: its number in order, or its id."
    )
    .help())
  var decision: String
  @OptionGroup var recipient: LetterRecipientOptions
  @OptionGroup var letter: LetterOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    try session.checkPrinting(in: file)
    let record = try session.record(decision, in: session.grants(.decision, in: file))
    let stock = try session.replica.stock()
    let person = try recipient.person(in: file, session)
    var paper = LetterPaper(session, stock, file, try session.letterScope(for: person, in: file))
    let name = person.map { paper.name($0) } ?? paper.say(.letterFamily)
    let page = try paper.decisionPage(record, to: name)
    try await session.print(page, of: paper, as: "decision", to: person, label: "family", letter)
  }
}

/// Writes the minutes of a meeting.
struct LetterMinutes: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "minutes",
    abstract: Phrase(
      "Referatet af et møde; uden --for til fagpersonerne selv.",
      "The minutes of a meeting; without --for for the professionals themselves."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"))
  var caseReference: String
  @Argument(
    help: Phrase(
      "Mødet: dets nummer fra det første eller dets id.", "The meeting: its number from the first, or its id."
    )
    .help())
  var meeting: String
  @OptionGroup var recipient: LetterRecipientOptions
  @OptionGroup var letter: LetterOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    try session.checkPrinting(in: file)
    let record = try session.record(meeting, in: LetterPaper.meetings(of: file))
    let stock = try session.replica.stock()
    let person = try recipient.person(in: file, session)
    let scope = try person.map { try session.letterScope(for: $0, in: file) } ?? LetterScope(.professionals)
    var paper = LetterPaper(session, stock, file, scope)
    let page = try paper.minutesPage(of: record, to: person.map { paper.name($0) } ?? paper.say(.letterTeam))
    try await session.print(page, of: paper, as: "minutes", to: person, label: "core_team", letter)
  }
}

/// Writes a page to take along to a home visit (R61).
struct LetterVisitSheet: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "visit-sheet",
    abstract: Phrase("Én side til et hjemmebesøg.", "One page for a home visit.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"))
  var caseReference: String
  @Flag(help: Phrase("Tom, til at skrive på.", "Empty, to write on.").help())
  var blank = false
  @OptionGroup var letter: LetterOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    var paper = LetterPaper(session, stock, file, LetterScope(.professionals))
    guard !blank else {
      // Nothing of the family stands on it.
      let page = LetterPaper.blankVisitPage(paper.words, tenant: session.replica.profile.tenantName)
      let target = try NewFile(path: letter.out, replacing: letter.force)
      try target.write(Array(page.html.utf8))
      try target.finish()
      session.output.object([("file", .string(letter.out)), ("form", "visit_sheet"), ("shown", .array([]))])
      return session.output.line(session.output.say(.letterWritten, letter.out.shown, "0"))
    }
    try session.checkPrinting(in: file)
    let page = paper.visitPage()
    try await session.print(page, of: paper, as: "visit_sheet", to: session.me, label: "", letter)
  }
}
