import ArgumentParser
import CRDT
import CaseModel

/// Assessment notes in the domains of ICS.
struct AssessmentGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assessment", abstract: "Assessment notes in the three domains.",
    subcommands: [AssessmentNote.self, AssessmentShow.self])
}
