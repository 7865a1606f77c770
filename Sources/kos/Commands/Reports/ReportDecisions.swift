import ArgumentParser
import CaseModel

/// What was decided on similar matters, by whom (R70).
struct ReportDecisions: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "decisions",
    abstract: Phrase(
      "Ens afgørelser for ens sager: udfald og beløb pr. emne og person.",
      "Equal service: outcomes and amounts by matter and person."
    ).said)

  @OptionGroup var options: ReportPeriodOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let period = try options.period(session)
    let report = DecisionReport(try session.replica.stock(), in: period)
    try session.report(report.table, options.form, session.members(period))
  }
}
