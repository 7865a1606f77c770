import ArgumentParser
import CaseModel

/// Records that a meeting was held.
struct MeetingAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Record that a meeting was held.")

  @OptionGroup var step: StepOptions
  @Option(help: "assessment or analysis.")
  var kind: MeetingKind
  @Flag(inversion: .prefixedNo, help: "Whether the parents took part in an analysis meeting.")
  var withParents: Bool?
  @Option(help: "A person of the register who was there.")
  var participant: [String] = []
  @Option(help: "Somebody who was there, by name or part.")
  var attendee: [String] = []
  @OptionGroup var common: CommonOptions

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
      }
    try await session.save([meeting], step.write, in: file)
  }
}
