import ArgumentParser
import CRDT
import CaseModel

/// Lets a person take part.
struct ParticipantAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: Phrase("Lad en person deltage.", "Let a person take part.").said)

  @OptionGroup var step: StepOptions
  @Option(help: Phrase("Personen ved navn eller id.", "The person, by name or id.").help())
  var person: String
  @Option(
    help: Phrase(
      "family-coordinator (koordinator), core-team (kerneteam) eller external-reporter (ekstern).",
      "family-coordinator, core-team or external-reporter."
    ).help())
  var role: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let draft = session.participation(
      of: try session.person(person), as: try RoleName.role(role), in: file, since: session.day(step.on))
    try await session.save([draft], step.write, in: file)
  }
}
