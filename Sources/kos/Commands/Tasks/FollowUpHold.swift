import ArgumentParser
import CRDT
import CaseModel

/// Records that a follow-up meeting was held.
struct FollowUpHold: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: Phrase(
      "Notér, at et opfølgningsmøde blev holdt.", "Record that a follow-up meeting was held."
    ).said)

  @OptionGroup var step: StepOptions
  @OptionGroup var attendance: AttendanceOptions
  @Option(
    name: [.customLong("late-reason"), .customLong("reason")],
    help: Phrase(
      "Hvorfor opfølgningen kom, efter tiden var gået.", "Why the follow-up came after its time had passed."
    ).help())
  var lateReason: String?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let day = try session.pastDay(step.on, in: file)
    let called = try file.calledFollowUp.map { try session.hold($0, attendance, in: file, on: day) }
    let meeting =
      try called
      ?? CaseWork.followUpMeeting(
        id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id),
        participants: attendance.participant.map(session.person), attendees: attendance.attendee,
        plan: file.plan(on: day)?.id, on: day)
    let notes = CaseWork.comment(on: meeting, attendance.minutes, day) { session.replica.newIdentifier() }
    let late = try session.lateness(of: .followUp, in: file, on: day)
    let reason = try lateReason ?? late.flatMap { try session.whyLate($0.window) }
    let explained = try explain(meeting, late?.step, reason, in: file, on: day, session)
    try await session.save([meeting] + notes + explained, step.write, in: file)
    if reason == nil, let late { session.tellLate(late.window, late.step, in: file, on: day) }
  }

  /// Says why the meeting came late: with the step that it belongs to, as a meeting has no reason of its own;
  /// where it is not late, or belongs to none, in a note on the meeting.
  private func explain(
    _ meeting: RecordDraft, _ code: String?, _ reason: String?, in file: CaseFile, on day: CalendarDay,
    _ session: Session
  ) throws -> [RecordDraft] {
    guard let code, let reason else {
      return CaseWork.comment(on: meeting, reason, day) { session.replica.newIdentifier() }
    }
    let (_, step) = try session.step(code, of: file, session.replica.stock())
    return CaseWork.say(
      .complete, of: step, in: file, reason: session.reason(reason, in: file), on: day,
      identify: session.identify)
  }
}
