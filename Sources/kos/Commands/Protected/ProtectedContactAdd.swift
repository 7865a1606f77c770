import ArgumentParser
import CRDT
import CaseModel

/// Records a protected contact.
struct ProtectedContactAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase(
      "Notér en beskyttet oplysning. Kun du og dem, du nævner, læser den.",
      "Record a protected contact. Only you and whom you name read it."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Option(
    help: Phrase(
      "Hvad: address, school, whereabouts, meeting-place eller cpr.",
      "What: address, school, whereabouts, meeting-place or cpr."
    ).help())
  var sort: ProtectedContactSort
  @Option(
    help: Phrase(
      "Hvem det handler om: et barn, en pårørende eller familien.",
      "Whom it is about: a child, a relative or family."
    ).help(valueName: "subject"))
  var about: [String]
  @Option(
    help: Phrase(
      "Hvem der læser den foruden dig: en rolle eller en person.",
      "Who reads it beside you: a role or a person."
    ).help(valueName: "who"))
  var audience: [String] = []
  @OptionGroup var text: TextOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let (persons, roles) = try session.audience(audience)
    let draft = CaseWork.protectedContact(
      id: session.replica.newIdentifier(), in: file.id,
      about: try about.map { try session.subject($0, in: file) }, sort: sort.code,
      text: try session.protectedText(text.required(session.output), as: sort.code), audience: persons,
      roles: roles)
    try await session.save([draft], write, in: file)
  }
}
