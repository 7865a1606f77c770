import ArgumentParser
import CaseModel

/// Reports from history.
struct ReportGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: Phrase("Rapporter ud fra historien.", "Reports from history.").said,
    subcommands: [
      ReportStatus.self, ReportWaiting.self, ReportContacts.self, ReportCaseload.self, ReportPriorities.self,
      ReportSurveys.self, ReportDecisions.self,
    ])
}
