import ArgumentParser
import CaseModel

/// Reports from history.
struct ReportGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Reports from history.", subcommands: [ReportStatus.self])
}
