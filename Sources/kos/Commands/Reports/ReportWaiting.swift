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
    let isWhole = session.holdsWhole(stock)
    let report = WaitingReport(stock, in: period, isWhole: isWhole)
    let isMasked = options.form.mask
    let table = isMasked ? OutsideReports(stock, in: period).waiting(isWhole: isWhole) : report.table
    try session.report(table, options.form, session.members(period))
    session.tellUntold(report.rows.map(\.untold).max() ?? 0, isMasked: isMasked)
  }
}
