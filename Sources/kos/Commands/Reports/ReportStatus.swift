import ArgumentParser
import CaseModel

/// The status memo's figures.
struct ReportStatus: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: Phrase(
      "Statusnotatets tal på en dag, ud fra historien.", "The status memo's figures on a day, from history."
    ).said)

  @Option(
    help: Phrase("Den sidste dag, der tæller, ellers i dag.", "The last day that counts, else today.").help(
      valueName: "day"))
  var at: CalendarDay?
  @Option(
    help: Phrase(
      "Den første dag i perioden med nye indskrivninger.", "The first day of the period of new enrolments."
    ).help(valueName: "day"))
  var from: CalendarDay?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let day = session.day(at)
    let figures = StatusReport.figures(try session.replica.stock(), at: day, from: from)
    session.output.object(
      [("at", JSON(day)), ("from", JSON(from))] + figures.rows.map { ($0.key, .integer(Int64($0.value))) })
    session.output.table(figures.rows.map { [session.output.label($0.key), String($0.value)] })
  }
}
