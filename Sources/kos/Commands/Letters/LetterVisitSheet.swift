import ArgumentParser
import CaseModel

/// Writes a page to take along to a home visit (R61).
struct LetterVisitSheet: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "visit-sheet",
    abstract: Phrase("Én side til et hjemmebesøg.", "One page for a home visit.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
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
      return session.output.line(session.output.say(.letterBlankWritten, letter.out.shown))
    }
    try session.checkPrinting(in: file)
    let page = paper.visitPage()
    try await session.print(page, of: paper, as: "visit_sheet", to: session.me, label: "", letter)
  }
}
