import ArgumentParser
import CaseModel

/// What is aimed at.
struct TargetGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "target", abstract: Phrase("Måltal for projektet.", "What the project aims at.").said,
    subcommands: [TargetAdd.self, TargetList.self])
}
