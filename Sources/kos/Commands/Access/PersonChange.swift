import ArgumentParser
import CRDT
import CaseModel

/// Changes what the register says of a person.
struct PersonChange: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "change",
    abstract: Phrase("Ret, hvad registret siger om en person.", "Change what the register says of a person.")
      .said)

  @Argument(help: Phrase("Personen: navn, id eller me.", "The person: a name, an id or me.").help())
  var person: String
  @Option(help: Phrase("Hvad personen hedder.", "What the person is called.").help())
  var name: String?
  @Option(help: Phrase("Fag eller stilling.", "Profession or position.").help())
  var title: String?
  @Option(
    help: Phrase("Lovområdet: social_services eller school.", "The legal area: social_services or school.")
      .help())
  var legalArea: LegalAreaName?
  @Option(help: Phrase("Hvor personen arbejder.", "Where the person works.").help())
  var organisation: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let id = try session.person(person)
    let stock = try session.replica.stock()
    guard let record = stock.register[.person]?.first(where: { $0.id == id }) else {
      throw Failure(.usage, .noSuchPerson, person)
    }
    var draft = RecordDraft.change(record)
    draft.write(Field.Person.name, name)
    draft.write(Field.Person.title, title)
    draft.write(Field.Person.legalArea, legalArea?.rawValue)
    draft.write(Field.Person.organisation, try organisation.map(session.organisation))
    guard !draft.operations.isEmpty else { throw Failure(.usage, .changeWhatOfPerson) }
    try await session.save(
      [draft], write, session.output.say(.personKept, (name ?? session.name(id, stock)).shown),
      [("person", JSON(id)), ("record", JSON(id))])
  }
}
