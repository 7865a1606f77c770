import ArgumentParser
import CaseModel

/// Meetings that were held in a case.
struct MeetingGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "meeting", abstract: "Meetings in a case.", subcommands: [MeetingAdd.self])
}
