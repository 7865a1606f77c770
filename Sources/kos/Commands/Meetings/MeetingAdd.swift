import ArgumentParser
import CaseModel

/// Records that a meeting was held.
struct MeetingAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase("Notér, at et møde blev holdt.", "Record that a meeting was held.").said)

  @OptionGroup var step: StepOptions
  @Option(
    help: Phrase(
      "assessment (udredning), analysis (analyse) eller follow-up (opfølgning).",
      "assessment, analysis or follow-up."
    ).help())
  var kind: MeetingKind
  @Flag(
    inversion: .prefixedNo,
    help: Phrase(
      "Om forældrene var med til et analysemøde.", "Whether the parents took part in an analysis meeting."
    ).help())
  var withParents: Bool?
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

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let id = session.replica.newIdentifier()
    let children = file.children.map(\.id)
    let persons = try participant.map(session.person)
    let day = session.day(step.on)
    let meeting =
      switch kind {
      case .assessment:
        CaseWork.assessmentMeeting(
          id: id, in: file.id, about: children, participants: persons, attendees: attendee, on: day)
      case .analysis:
        CaseWork.analysisMeeting(
          id: id, in: file.id, about: children, withParents: withParents, participants: persons,
          attendees: attendee, on: day)
      case .followUp:
        CaseWork.followUpMeeting(
          id: id, in: file.id, about: children, participants: persons, attendees: attendee,
          plan: file.all(.plan).last?.id, on: day)
      }
    let notes = CaseWork.comment(on: meeting, minutes, day) { session.replica.newIdentifier() }
    try await session.save([meeting] + notes, step.write, in: file)
  }
}
