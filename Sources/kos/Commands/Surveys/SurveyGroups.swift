import ArgumentParser
import CaseModel

/// What families and core teams answer.
struct SurveyGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "survey",
    abstract: Phrase("Spørgeskemaer til familier og kerneteam.", "Surveys of families and core teams.").said,
    subcommands: [SurveyAdd.self, SurveyList.self])
}

/// Training days of the core team.
struct TrainingGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "training",
    abstract: Phrase("Kerneteamets uddannelsesdage.", "Training days of the core team.").said,
    subcommands: [TrainingAdd.self, TrainingHeld.self, TrainingList.self])
}

/// Times in which the work stood still.
struct InterruptionGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interruption",
    abstract: Phrase("Tider, hvor arbejdet lå stille.", "Times in which the work stood still.").said,
    subcommands: [InterruptionAdd.self, InterruptionEnd.self, InterruptionList.self])
}

/// What is aimed at.
struct TargetGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "target", abstract: Phrase("Måltal for projektet.", "What the project aims at.").said,
    subcommands: [TargetAdd.self, TargetList.self])
}
