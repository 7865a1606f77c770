import ArgumentParser

/// Who was at a meeting, and what was said.
struct AttendanceOptions: ParsableArguments {
  @Option(
    help: Phrase(
      "En person fra registret, der var til stede; til et indkaldt møde ellers dem, der sagde ja.",
      "A person of the register who was there; at a called meeting else those who said that they come."
    ).help(valueName: "person"))
  var participant: [String] = []
  @Option(
    help: Phrase("En, der var til stede, ved navn eller rolle.", "Somebody who was there, by name or part.")
      .help())
  var attendee: [String] = []
  @Option(
    help: Phrase(
      "Referatet: et notat, som andre kan skrive med i.", "The minutes: a note that others can write in."
    ).help())
  var minutes: String?
}
