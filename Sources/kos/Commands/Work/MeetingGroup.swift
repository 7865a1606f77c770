import ArgumentParser
import CaseModel

/// Meetings that were held in a case.
struct MeetingGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "meeting", abstract: Phrase("Møder i en sag.", "Meetings in a case.").said,
    subcommands: [MeetingAdd.self])
}
