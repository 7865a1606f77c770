import ArgumentParser
import CRDT
import CaseModel

/// Releases records, or whole information types, to one parent.
struct ReleaseGive: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "give",
    abstract: Phrase(
      "Frigiv poster, eller hele oplysningstyper, til én forælder.",
      "Release records, or whole information types, to one parent."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Option(
    help: Phrase("Forælderen ved navn eller id.", "The parent, by name or id.").help(valueName: "person"))
  var to: String
  @Option(help: Phrase("En post ved id.", "A record, by id.").help(valueName: "record"))
  var record: [String] = []
  @Option(
    help: Phrase(
      "Alle oplysninger af en type: health (sundhed), plan …", "All information of a type: health, plan …"
    ).help(), completion: .informationType)
  var type: [String] = []
  @Option(
    help: Phrase(
      "Hvem det handler om; ellers dem, posterne handler om, eller alle børn.",
      "Whom it is about; else whom the records are about, or all children."
    ).help(valueName: "subject"))
  var about: [String] = []
  @Option(
    help: Phrase(
      "Af typerne kun det, serveren modtog fra denne dag; ellers alt.",
      "Of the types only what the server received from this day on, else all."
    ).help(valueName: "day"), transform: CalendarDay.past)
  var receivedSince: CalendarDay?
  @OptionGroup var period: PeriodOptions
  @OptionGroup var grant: GrantOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let person = try session.person(to)
    guard !record.isEmpty || !type.isEmpty else { throw Failure(.usage, .releaseWhat) }
    let records = try record.map {
      try session.record($0, in: file.records.values.flatMap { $0 }, of: .unnumbered)
    }
    let types = try type.map(TypeName.type)
    let end = try period.end(session)
    // Apart, so that what is released by type is about nobody else because of a record that is released too.
    func release(_ records: [CaseRecord], _ types: [InformationType], about subjects: [Identifier])
      -> RecordDraft
    {
      CaseWork.release(
        id: session.replica.newIdentifier(), in: file.id, to: person, records: records.map(\.id),
        types: types,
        about: subjects, from: period.start, until: end, horizon: receivedSince.map(Clock.start(of:)))
    }
    var drafts: [RecordDraft] = []
    if !records.isEmpty {
      let subjects =
        about.isEmpty ? Set(records.flatMap(\.about)).sorted() : try session.subjects(about, in: file)
      drafts.append(release(records, [], about: subjects))
    }
    if !types.isEmpty { drafts.append(release([], types, about: try session.subjects(about, in: file))) }
    try await session.grant(drafts, to: [person], grant, in: file, told: drafts[0])
  }
}
