import ArgumentParser
import CRDT
import CaseModel

/// The persons of the register.
struct PersonGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "The persons of the register.",
    subcommands: [PersonAdd.self, PersonList.self])
}

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

/// Lists the persons.
struct PersonList: ReplicaCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the persons.")

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let persons = try session.replica.stock().register[.person] ?? []
    let ordered = persons.map { ($0.text(Field.Person.name)?.shown ?? "–", $0) }.sorted { $0.0 < $1.0 }
    var rows: [[String]] = []
    for (name, person) in ordered {
      session.output.object([
        ("person", JSON(person.id)), ("name", JSON(name)),
        ("title", JSON(person.text(Field.Person.title))),
        ("legal_area", JSON(person.text(Field.Person.legalArea))),
        ("pending", .boolean(try session.replica.isPending(person.id))),
      ])
      let mark = try session.mark(person)
      rows.append([session.short(person.id), name, (person.text(Field.Person.title)?.shown ?? "") + mark])
    }
    session.output.table(rows)
  }
}
