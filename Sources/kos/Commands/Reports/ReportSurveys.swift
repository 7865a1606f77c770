import ArgumentParser
import CaseModel

/// What was answered to surveys (R65–R67).
struct ReportSurveys: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "surveys",
    abstract: Phrase(
      "Hvad familier og kerneteam svarede, og hvordan det udvikler sig.",
      "What families and core teams answered, and how it progresses."
    ).said)

  @OptionGroup var options: ReportPeriodOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let period = try options.period(session)
    let report = SurveyReport(try session.replica.stock(), in: period)
    try session.report(report.table, options.form, session.members(period))
  }
}
