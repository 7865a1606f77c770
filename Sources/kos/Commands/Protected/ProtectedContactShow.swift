import ArgumentParser
import CaseModel

/// Shows a protected contact, whole.
struct ProtectedContactShow: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: Phrase(
      "Vis en beskyttet oplysning, også et helt CPR-nummer; det skrives i loggen.",
      "Show a protected contact, a whole CPR number too; it is written in the log."
    ).said)

  @OptionGroup var which: ProtectedContactOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (_, record) = try which.found(session)
    let stock = try session.replica.stock()
    try session.open([record])
    let text = record.text(Field.ProtectedContact.text)
    let members = try session.grantMembers(record, stock).map { $0.0 == "text" ? ("text", JSON(text)) : $0 }
    session.output.object(members)
    let sort = record.text(Field.ProtectedContact.sort).map(session.output.label) ?? "–"
    session.output.line("\(sort): \(text?.shownBlock ?? "–")")
  }
}
