import ArgumentParser
import CRDT
import CaseModel

/// Withholds records, all about somebody, or the whole case from one person.
struct WithholdingAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Phrase(
      "Tilbagehold poster, alt om nogen, eller hele sagen fra én person.",
      "Withhold records, all about somebody, or the whole case from one person."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Option(
    name: .customLong("from"),
    help: Phrase("Fra hvem, ved navn eller id.", "From whom, by name or id.").help(valueName: "person"))
  var person: String
  @Option(help: Phrase("En post ved id.", "A record, by id.").help(valueName: "record"))
  var record: [String] = []
  @Option(
    help: Phrase("Alt om et barn, en pårørende eller familien.", "All about a child, a relative or family.")
      .help(valueName: "subject"))
  var about: [String] = []
  @Flag(help: Phrase("Hele sagen.", "The whole case.").help())
  var wholeCase = false
  @Option(help: Phrase("Hvorfor, kort.", "Why, in short.").help())
  var reason: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    guard !record.isEmpty || !about.isEmpty || wholeCase else { throw Failure(.usage, .withholdWhat) }
    let records = try record.map {
      try session.record($0, in: file.records.values.flatMap { $0 }, of: .unnumbered)
    }
    let person = try session.person(person)
    let draft = CaseWork.withhold(
      id: session.replica.newIdentifier(), in: file.id, from: person, records: records.map(\.id),
      about: try about.map { try session.subject($0, in: file) }, wholeCase: wholeCase, reason: reason)
    let shown = try session.show([draft], for: [person], in: file)
    let (line, members) = session.recorded(draft, in: file)
    try await session.save([draft], write, line, members + shown)
  }
}
