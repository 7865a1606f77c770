import ArgumentParser
import CaseModel

/// Calls the next status meeting.
struct StatusMeetingPlan: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: Phrase(
      "Fastsæt det næste statusmøde.", "Set the day of the next status meeting."
    ).said)

  @Option(
    help: Phrase("Dagen, ellers 14 dage efter det sidste.", "The day, else 14 days after the last.").help(
      valueName: "day"), transform: CalendarDay.coming)
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let today = session.day(nil)
    let day = on ?? StatusAgenda(of: stock, on: today, cadences: session.cadences(stock)).proposedOn
    if stock.plannedStatusMeetings.contains(where: { $0.day(Field.StatusMeeting.plannedOn) == day }) {
      throw Failure(.usage, .meetingThatDay, day.description)
    }
    let meeting = CaseWork.planStatusMeeting(id: session.replica.newIdentifier(), on: day)
    try await session.save(
      [meeting], write, session.output.say(.meetingPlanned, day.description),
      [("record", JSON(meeting.id)), ("kind", "status_meeting"), ("day", JSON(day))])
  }
}
