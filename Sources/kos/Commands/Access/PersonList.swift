import ArgumentParser
import CRDT
import CaseModel

/// Lists the persons.
struct PersonList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Phrase("Vis personerne.", "List the persons.").said)

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
