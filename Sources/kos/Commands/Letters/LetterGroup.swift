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
