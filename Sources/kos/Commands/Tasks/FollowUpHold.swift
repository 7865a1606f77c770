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
  @Option(
    help: Phrase("En person fra registret, der var til stede.", "A person of the register who was there.")
      .help())
  var participant: [String] = []
  @Option(
    help: Phrase("En, der var til stede, ved navn eller rolle.", "Somebody who was there, by name or part.")
      .help())
  var attendee: [String] = []
  @Option(
    help: Phrase(
      "Referatet: et notat, som andre kan skrive med i.", "The minutes: a note that others can write in."
    ).help())
  var minutes: String?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let day = session.day(step.on)
    let meeting = CaseWork.followUpMeeting(
      id: session.replica.newIdentifier(), over: file.calledFollowUp, in: file.id,
      about: file.children.map(\.id), participants: try participant.map(session.person),
      attendees: attendee, plan: file.plan(on: day)?.id, on: day)
    let notes = CaseWork.comment(on: meeting, minutes, day) { session.replica.newIdentifier() }
    try await session.save([meeting] + notes, step.write, in: file)
  }
}
