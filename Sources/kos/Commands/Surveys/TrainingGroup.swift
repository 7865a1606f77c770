import ArgumentParser
import CaseModel

/// Training days of the core team.
struct TrainingGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "training",
    abstract: Phrase("Kerneteamets uddannelsesdage.", "Training days of the core team.").said,
    subcommands: [TrainingAdd.self, TrainingHeld.self, TrainingList.self])
}
