import ArgumentParser
import CRDT
import CaseModel

/// Assessment notes in the domains of ICS.
struct AssessmentGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assessment",
    abstract: Phrase("Udredningens noter i de tre områder.", "Assessment notes in the three domains.").said,
    subcommands: [AssessmentNote.self, AssessmentShow.self])
}
