import ArgumentParser
import CaseModel

/// Lists the organisations.
struct OrganisationList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Phrase("Vis organisationerne.", "List the organisations.").said)

  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let organisations = try session.replica.stock().register[.organisation] ?? []
    let ordered = organisations.map { ($0.text(Field.Organisation.name)?.shown ?? "–", $0) }
      .sorted { $0.0 < $1.0 }
    var rows: [[String]] = []
    for (name, organisation) in ordered {
      session.output.object([
        ("organisation", JSON(organisation.id)), ("name", JSON(name)),
        ("sort", JSON(organisation.text(Field.Organisation.sort))),
        ("pending", .boolean(try session.replica.isPending(organisation.id))),
      ])
      rows.append([session.short(organisation.id), name + (try session.mark(organisation))])
    }
    session.output.table(rows)
  }
}
