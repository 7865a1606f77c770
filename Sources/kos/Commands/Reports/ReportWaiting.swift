import ArgumentParser
import CaseModel

/// How long families wait for each step (R69).
struct ReportWaiting: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "waiting",
    abstract: Phrase(
      "Hvor mange dage familier venter på hvert skridt fra henvendelsen.",
      "How many days families wait for each step from the inquiry on."
    ).said)

  @OptionGroup var options: ReportPeriodOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let period = try options.period(session)
    let stock = try session.replica.stock()
    let report = WaitingReport(stock, in: period, isWhole: session.holdsWhole(stock))
    try session.report(report.table, options.form, session.members(period))
    session.tellUntold(report.rows.map(\.untold).max() ?? 0)
  }
}
