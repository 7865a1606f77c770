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
  @Option(help: Phrase.roles.help(), completion: .role)
  var role: String
  @Option(
    help: Phrase(
      "Den organisation, en involveret fagperson kommer fra.",
      "The organisation that a professional comes from."
    ).help())
  var organisation: String?
  @OptionGroup var period: PeriodOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let role = try RoleName.role(role)
    let draft = session.participation(
      of: try session.person(person), as: role, in: file,
      for: try session.organisation(organisation, for: role, of: person), since: try session.pastDay(step.on),
      from: period.start, until: try period.end(session))
    try await session.save([draft], step.write, in: file)
  }
}
