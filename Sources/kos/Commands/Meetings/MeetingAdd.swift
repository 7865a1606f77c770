import ArgumentParser
import CaseModel

/// Records that a meeting was held.
struct MeetingAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase("Notér, at et møde blev holdt.", "Record that a meeting was held.").said)

  @OptionGroup var step: StepOptions
  @Option(help: Phrase("assessment (udredning) eller analysis (analyse).", "assessment or analysis.").help())
  var kind: Kind
  @Flag(
    inversion: .prefixedNo,
    help: Phrase(
      "Om forældrene var med til et analysemøde.", "Whether the parents took part in an analysis meeting."
    ).help())
  var withParents: Bool?
  @OptionGroup var attendance: AttendanceOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  /// What was held; `follow-up hold` records the third sort.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case assessment, analysis
  }

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let id = session.replica.newIdentifier()
    let children = file.children.map(\.id)
    let persons = try attendance.participant.map(session.person)
    let day = try session.pastDay(step.on, in: file)
    if kind == .analysis, withParents == true { try session.requireParent(attendance, in: file) }
    let meeting =
      switch kind {
      case .assessment:
        CaseWork.assessmentMeeting(
          id: id, in: file.id, about: children, participants: persons, attendees: attendance.attendee, on: day
        )
      case .analysis:
        CaseWork.analysisMeeting(
          id: id, in: file.id, about: children, withParents: withParents, participants: persons,
          attendees: attendance.attendee, on: day)
      }
    let notes = CaseWork.comment(on: meeting, attendance.minutes, day) { session.replica.newIdentifier() }
    try await session.save([meeting] + notes, step.write, in: file)
  }
}
