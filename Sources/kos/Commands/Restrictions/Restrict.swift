import ArgumentParser
import CRDT
import CaseModel

/// Restricts who works with a record, as somebody may demand whom it is about (GDPR art. 18).
struct Restrict: ReplicaCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Begræns, hvem der arbejder med en post: den lukkes for alle andre end den, der skrev den, og slettes "
        + "på deres enheder.",
      "Restrict who works with a record: it is closed to all others but who wrote it, and wiped on their "
        + "devices."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase("Postens id eller begyndelsen af det.", "The record's id, or the beginning of it.").help())
  var record: String
  @Option(
    name: .customLong("to"),
    help: Phrase(
      "Hvem der stadig læser den, ellers sagens koordinator.", "Who still reads it, else the coordinator."
    ).help(valueName: "person"))
  var readers: [String] = []
  @Option(help: Phrase("Hvorfor; det står i et notat til dem.", "Why; it stands in a note to them.").help())
  var reason: String?
  @Flag(help: Phrase("Vis kun, hvem der læser den så.", "Only show who would read it then.").help())
  var dryRun = false
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let target = try session.record(record, in: file.records.values.flatMap { $0 }, of: .unnumbered)
    guard !target.kind.governsAccess else {
      throw Failure(.usage, .restrictsNoRights, session.kind(target.kind))
    }
    let audience = try readers.isEmpty ? [file.coordinator ?? session.me] : readers.map(session.person)
    try session.open([target])
    let draft = CaseWork.reclassify(
      id: session.replica.newIdentifier(), in: file.id, record: target.id, audience: audience)
    let stock = try session.replica.stock()
    let left = try Set(file.participants.map(\.part.person)).sorted().filter { person in
      try session.forecast(for: person, adding: [draft]).reading(target).isAllowed
    }
    let names = left.map { session.title(of: $0, stock, in: file.id) }.joined(separator: ", ")
    session.output.line(session.output.say(.readersThen, names.isEmpty ? "–" : names))
    let (line, members) = session.recorded(draft, in: file)
    let told = members + [("readers", .array(left.map { JSON($0) }))]
    guard !dryRun else {
      session.output.object(told + [("saved", false)])
      return session.output.line(session.output.say(.previewOnly))
    }
    try await session.save([draft] + why(target, audience, in: file, session), write, line, told)
  }

  /// The reason, closed to the same persons.
  private func why(
    _ target: CaseRecord, _ audience: [Identifier], in file: CaseFile, _ session: Session
  ) -> [RecordDraft] {
    guard let reason, session.takesPart(in: file) else { return [] }
    let note = CaseWork.note(
      id: session.replica.newIdentifier(), in: file.id, about: target.about, text: reason,
      concerns: target.id, on: session.day(nil))
    return [
      note,
      CaseWork.reclassify(
        id: session.replica.newIdentifier(), in: file.id, record: note.id, audience: audience),
    ]
  }
}
