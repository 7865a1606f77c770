import ArgumentParser
import CaseModel

/// Records that the core team held a status meeting.
struct StatusMeeting: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "status-meeting", abstract: "Record that the core team held a status meeting.")

  @Option(help: ArgumentHelp("The day, else today.", valueName: "day"))
  var on: CalendarDay?
  @Option(help: "Somebody who was there, by name or part.")
  var attendee: [String] = []
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let meeting = CaseWork.statusMeeting(
      id: session.replica.newIdentifier(), attendees: attendee, on: session.day(on))
    try await session.save(
      [meeting], write, session.kind(.statusMeeting) + " " + session.day(on).description,
      [("record", JSON(meeting.id)), ("kind", "status_meeting"), ("day", JSON(session.day(on)))])
  }
}
