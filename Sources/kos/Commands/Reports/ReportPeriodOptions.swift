import ArgumentParser
import CaseModel

/// What reports of a period take besides.
struct ReportPeriodOptions: ParsableArguments {
  @Option(
    help: Phrase("Periodens første dag.", "The first day of the period.").help(valueName: "day"),
    transform: CalendarDay.past)
  var from: CalendarDay?
  @OptionGroup var form: ReportOptions

  /// The period.
  func period(_ session: Session) throws -> ReportPeriod {
    try form.check(session.common)
    let end = session.day(form.at)
    if let from, from > end { throw Failure(.usage, .emptyPeriod, from.description) }
    return ReportPeriod(from: from, at: end)
  }
}
