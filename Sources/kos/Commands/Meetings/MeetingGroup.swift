import ArgumentParser
import CaseModel

/// Meetings in a case.
struct MeetingGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "meeting", abstract: Phrase("Møder i en sag.", "Meetings in a case.").said,
    subcommands: [
      MeetingCall.self, MeetingAnswer.self, MeetingHold.self, MeetingCancel.self, MeetingList.self,
      MeetingAdd.self,
    ])
}
