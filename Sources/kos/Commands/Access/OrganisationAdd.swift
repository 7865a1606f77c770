import ArgumentParser
import CaseModel

/// Records an organisation.
struct OrganisationAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: Phrase("Opret en organisation.", "Record an organisation.").said)

  @Option(help: Phrase("Hvad organisationen hedder.", "What the organisation is called.").help())
  var name: String
  @Option(
    help: Phrase("Dens art: health, school, hospital …", "Its sort: health, school, hospital …").help())
  var sort: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let draft = CaseWork.organisation(id: session.replica.newIdentifier(), name: name, sort: sort)
    try await session.save(
      [draft], write, session.output.say(.personKept, name.shown),
      [("organisation", JSON(draft.id)), ("name", JSON(name))])
  }
}
