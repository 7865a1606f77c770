import ArgumentParser
import CRDT
import CaseModel

/// Who takes part in a case.
struct ParticipantGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "participant",
    abstract: Phrase("Hvem der deltager i en sag.", "Who takes part in a case.").said,
    subcommands: [ParticipantAdd.self, ParticipantEnd.self, ParticipantList.self])
}
