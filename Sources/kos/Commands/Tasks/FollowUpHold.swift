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
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let day = try session.notBefore(session.pastDay(step.on), in: file)
    let called = try file.calledFollowUp.map { try session.hold($0, attendance, in: file, on: day) }
    let meeting =
      try called
      ?? CaseWork.followUpMeeting(
        id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id),
        participants: attendance.participant.map(session.person), attendees: attendance.attendee,
        plan: file.plan(on: day)?.id, on: day)
    let notes = CaseWork.comment(on: meeting, attendance.minutes, day) { session.replica.newIdentifier() }
    try await session.save([meeting] + notes, step.write, in: file)
  }
}
