import ArgumentParser
import CRDT
import CaseModel

/// Records a person.
struct PersonAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(commandName: "add", abstract: "Record a person.")

  @Option(help: "What the person is called.")
  var name: String
  @Option(help: "Profession or position.")
  var title: String?
  @Option(help: "The legal area: social_services or school.")
  var legalArea: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let draft = CaseWork.person(
      id: session.replica.newIdentifier(), name: name, title: title, legalArea: legalArea)
    try await session.save(
      [draft], write, session.output.say(.personKept, name.shown),
      [("person", JSON(draft.id)), ("name", JSON(name))])
  }
}
