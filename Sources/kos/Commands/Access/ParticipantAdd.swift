import ArgumentParser
import CRDT
import CaseModel

/// Lets a person take part.
struct ParticipantAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(commandName: "add", abstract: "Let a person take part.")

  @OptionGroup var step: StepOptions
  @Option(help: "The person, by name or id.")
  var person: String
  @Option(help: "family-coordinator, core-team or external-reporter.")
  var role: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let draft = session.participation(
      of: try session.person(person), as: try RoleName.role(role), in: file, since: session.day(step.on))
    try await session.save([draft], step.write, in: file)
  }
}
