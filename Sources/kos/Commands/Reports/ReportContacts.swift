import ArgumentParser
import CaseModel

/// Whether each family is contacted each month (R32).
struct ReportContacts: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "contacts",
    abstract: Phrase(
      "Andelen af indskrevne familier, der blev kontaktet, pr. måned og koordinator.",
      "The share of enrolled families that were contacted, by month and coordinator."
    ).said)

  @OptionGroup var options: ReportPeriodOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let period = try options.period(session)
    let stock = try session.replica.stock()
    let isWhole = session.holdsWhole(stock)
    let report = ContactReport(stock, in: period, isWhole: isWhole)
    let isMasked = options.form.mask
    let table = isMasked ? OutsideReports(stock, in: period).contacts(isWhole: isWhole) : report.table
    try session.report(table, options.form, session.members(period))
    session.tellUntold(report.untold, isMasked: isMasked)
  }
}
