import ArgumentParser
import CaseModel

/// What every report takes: the day, and the form.
struct ReportOptions: ParsableArguments {
  @Option(
    help: Phrase("Den sidste dag, der tæller, ellers i dag.", "The last day that counts, else today.").help(
      valueName: "day"))
  var at: CalendarDay?
  @Flag(
    help: Phrase(
      "Kommaseparerede værdier til et regneark, med faste engelske overskrifter.",
      "Comma-separated values for a spreadsheet, with fixed English headings."
    ).help())
  var csv = false
  @Flag(help: Phrase("Et billede med søjler.", "A picture with bars.").help())
  var chart = false
  @Flag(
    help: Phrase(
      "Skjul tal under 5, og hvad de kunne regnes ud af, for læsere uden for teamet.",
      "Hide counts under 5, and what they could be computed from, for readers outside the team."
    ).help())
  var mask = false

  /// The table as it may be shown.
  func shown(_ table: ReportTable) -> ReportTable { mask ? table.masked() : table }

  /// Refuses two forms at once.
  func check(_ common: CommonOptions) throws {
    guard [csv, chart, common.json].count(where: { $0 }) < 2 else { throw Failure(.usage, .oneReportForm) }
  }
}
