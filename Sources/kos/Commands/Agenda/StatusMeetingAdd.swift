import ArgumentParser
import CaseModel

/// Records that the core team held a status meeting.
struct StatusMeetingAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase(
      "Notér, at kerneteamet holdt statusmøde, uden dagsorden.",
      "Record that the core team held a status meeting, without an agenda."
    ).said)

  @Option(
    help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"),
    transform: CalendarDay.past)
  var on: CalendarDay?
  @Option(
    help: Phrase("En, der var til stede, ved navn eller rolle.", "Somebody who was there, by name or part.")
      .help())
  var attendee: [String] = []
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let day = try session.pastDay(on)
    let meeting = CaseWork.statusMeeting(
      id: session.replica.newIdentifier(), attendees: attendee, on: day)
    try await session.save(
      [meeting], write, session.kind(.statusMeeting) + " " + day.description,
      [("record", JSON(meeting.id)), ("kind", "status_meeting"), ("day", JSON(day))])
  }
}
