import ArgumentParser

/// Status meetings of the core team. Without a subcommand one that was held is recorded.
struct StatusMeetingGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status-meeting",
    abstract: Phrase("Kerneteamets statusmøder.", "The core team's status meetings.").said,
    subcommands: [StatusMeetingAdd.self, StatusMeetingPlan.self, StatusMeetingHold.self],
    defaultSubcommand: StatusMeetingAdd.self)
}
