import ArgumentParser
import CaseModel

/// What was written down at a visit.
struct VisitGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "visit",
    abstract: Phrase("Notér et besøg i én omgang.", "Record a visit in one go.").said,
    subcommands: [VisitLog.self, VisitTemplate.self], defaultSubcommand: VisitLog.self)
}
