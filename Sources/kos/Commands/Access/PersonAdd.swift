import ArgumentParser
import CRDT
import CaseModel

/// Records a person.
struct PersonAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: Phrase("Opret en person.", "Record a person.").said)

  @Option(help: Phrase("Hvad personen hedder.", "What the person is called.").help())
  var name: String
  @Option(help: Phrase("Fag eller stilling.", "Profession or position.").help())
  var title: String?
  @Option(
    help: Phrase("Lovområdet: social_services eller school.", "The legal area: social_services or school.")
      .help())
  var legalArea: LegalAreaName?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let draft = CaseWork.person(
      id: session.replica.newIdentifier(), name: name, title: title, legalArea: legalArea?.rawValue)
    try await session.save(
      [draft], write, session.output.say(.personKept, name.shown),
      [("person", JSON(draft.id)), ("name", JSON(name))])
  }
}
