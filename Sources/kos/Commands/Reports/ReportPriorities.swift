import ArgumentParser
import CaseModel

/// How families' ranks of their goals agree with the teams' expectations (R55).
struct ReportPriorities: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "priorities",
    abstract: Phrase(
      "Om familiens prioritering var den, teamet ventede.",
      "Whether the family's ranks were those that the team had expected."
    ).said)

  @Flag(help: Phrase("Én linje pr. sag.", "One line a case.").help())
  var cases = false
  @OptionGroup var options: ReportOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try options.check(session.common)
    let day = session.day(options.at)
    let stock = try session.replica.stock()
    let report = PriorityReport(stock, at: day, isWhole: session.holdsWhole(stock))
    guard cases else {
      try session.report(report.table, options, [("at", JSON(day))])
      return session.tellUntold(report.untold, isMasked: options.mask)
    }
    guard !options.mask else { throw Failure(.usage, .casesAreNotMasked) }
    try session.open(report.rows.flatMap { stock.files[$0.caseID]?.goals ?? [] })
    try session.report(report.caseTable, options, [("at", JSON(day))])
    session.tellUntold(report.untold)
  }
}
