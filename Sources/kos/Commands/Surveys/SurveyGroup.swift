import ArgumentParser
import CaseModel

/// What families and core teams answer.
struct SurveyGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "survey",
    abstract: Phrase("Spørgeskemaer til familier og kerneteam.", "Surveys of families and core teams.").said,
    subcommands: [SurveyAdd.self, SurveyList.self])
}
