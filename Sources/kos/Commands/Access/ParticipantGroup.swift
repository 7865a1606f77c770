import ArgumentParser
import CRDT
import CaseModel

/// Who takes part in a case.
struct ParticipantGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "participant", abstract: "Who takes part in a case.",
    subcommands: [ParticipantAdd.self, ParticipantEnd.self, ParticipantList.self])
}
