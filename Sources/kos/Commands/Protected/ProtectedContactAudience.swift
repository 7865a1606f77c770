import ArgumentParser
import CRDT
import CaseModel

/// Says who reads a protected contact.
struct ProtectedContactAudience: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "audience",
    abstract: Phrase(
      "Sig, hvem der læser en beskyttet oplysning.", "Say who reads a protected contact."
    ).said)

  @OptionGroup var which: ProtectedContactOptions
  @Option(
    help: Phrase("En rolle eller en person, der må.", "A role or a person who may.").help(valueName: "who"))
  var letIn: [String] = []
  @Option(
    help: Phrase("En rolle eller en person, der ikke må.", "A role or a person who may not.")
      .help(valueName: "who"))
  var shutOut: [String] = []
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (file, record) = try which.found(session)
    guard !letIn.isEmpty || !shutOut.isEmpty else { throw Failure(.usage, .audienceHow) }
    typealias Fields = Field.ProtectedContact
    let (persons, roles) = try session.audience(letIn)
    let (noPersons, noRoles) = try session.audience(shutOut)
    var draft = RecordDraft.change(record)
    draft.add(Fields.persons, persons)
    draft.add(Fields.roles, roles)
    draft.add(Fields.excludedPersons, noPersons)
    draft.add(Fields.excludedRoles, noRoles)
    // Who is let in again is not shut out any more.
    for person in persons where record.identifiers(Fields.excludedPersons).contains(person) {
      draft.remove(Fields.excludedPersons, .identifier(person))
    }
    for role in roles where record.integers(Fields.excludedRoles).contains(Int64(role.rawValue)) {
      draft.remove(Fields.excludedRoles, .integer(Int64(role.rawValue)))
    }
    try await session.save([draft], write, in: file)
  }
}
