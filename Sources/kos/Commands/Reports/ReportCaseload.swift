import ArgumentParser
import CaseModel

/// How many cases and children each coordinator has (R52).
struct ReportCaseload: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "caseload",
    abstract: Phrase(
      "Sager og børn pr. koordinator på en dag.",
      "Cases and children by coordinator on a day."
    ).said)

  @OptionGroup var options: ReportOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try options.check(session.common)
    let day = session.day(options.at)
    let stock = try session.replica.stock()
    let table =
      options.mask
      ? OutsideReports(stock, in: ReportPeriod(at: day)).caseload : CaseloadReport(stock, at: day).table
    try session.report(table, options, [("at", JSON(day))])
  }
}
