import ArgumentParser
import CRDT
import CaseModel

/// Classifies a record anew: whose data it holds, of what types, who alone may read it.
struct Reclassify: ReplicaCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Klassificér en post på ny: hvem den handler om, af hvilke typer, og hvem der alene må læse den.",
      "Classify a record anew: whom it is about, of which types, and who alone may read it."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase("Postens id eller begyndelsen af det.", "The record's id, or the beginning of it.").help())
  var record: String
  @Option(
    help: Phrase(
      "Hvem den også handler om; alle skal dækkes.", "Whom it is about as well; everybody must be covered."
    ).help(valueName: "subject"))
  var about: [String] = []
  @Option(
    help: Phrase(
      "Hvilke typer den er af: health (sundhed), plan …; alle skal dækkes.",
      "Of which types it is: health, plan …; all must be covered."
    ).help(), completion: .informationType)
  var type: [String] = []
  @Option(
    help: Phrase(
      "Hvem der alene må læse den: en rolle eller en person.", "Who alone may read it: a role or a person."
    ).help(valueName: "who"))
  var audience: [String] = []
  @Option(help: Phrase("En person, der ikke må.", "A person who may not.").help(valueName: "person"))
  var exclude: [String] = []
  @OptionGroup var grant: GrantOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let target = try session.record(record, in: file.records.values.flatMap { $0 }, of: .unnumbered)
    guard !about.isEmpty || !type.isEmpty || !audience.isEmpty || !exclude.isEmpty else {
      throw Failure(.usage, .reclassifyHow)
    }
    let (persons, roles) = try session.audience(audience)
    let draft = CaseWork.reclassify(
      id: session.replica.newIdentifier(), in: file.id, record: target.id,
      about: try about.map { try session.subject($0, in: file) }, types: try type.map(TypeName.type),
      audience: persons, roles: roles, excluding: try exclude.map(session.person))
    let readers = try readers(of: target, with: draft, in: file, session)
    let stock = try session.replica.stock()
    let names = readers.map { session.title(of: $0, stock, in: file.id) }.joined(separator: ", ")
    session.output.line(session.output.say(.readersThen, names.isEmpty ? "–" : names))
    session.output.line(session.output.say(.judgedHere))
    let (line, members) = session.recorded(draft, in: file)
    let told = members + [("readers", .array(readers.map { JSON($0) }))]
    guard !grant.preview else {
      session.output.object(told + [("saved", false)])
      return session.output.line(session.output.say(.previewOnly))
    }
    try await session.save([draft], grant.write, line, told)
  }

  /// Who of those who take part would read the record then.
  private func readers(
    of record: CaseRecord, with draft: RecordDraft, in file: CaseFile, _ session: Session
  ) throws -> [Identifier] {
    try Set(file.participants.map(\.part.person)).sorted().filter { person in
      try session.forecast(for: person, adding: [draft]).reading(record).isAllowed
    }
  }
}
