import ArgumentParser
import CRDT
import CaseModel
import SyncClient

/// Tells who was sent a record or a case, who opened it, when and by which rule.
struct WhoSaw: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "who-saw",
    abstract: Phrase(
      "Fortæl, hvem der har fået en sag eller et dokument, hvem der har åbnet det, hvornår og hvorfor.",
      "Tell who was sent a case or a record, who opened it, when and why."
    ).said,
    discussion: Phrase(
      """
      Spørger serveren. Hver linje er vist at stå i loggen, som kommunen har underskrevet den; det seneste \
      minut er ikke med. Hvem der må se det: den, der koordinerer sagen, lederne og \
      databeskyttelsesrådgiveren; en forælder uden de andres navne. Hvad der er skrevet ud på papir, står \
      for sig, som det er noteret i sagen.
      """,
      """
      Asks the server. Each line is shown to stand in the log as the municipality signed it; the last minute \
      is not there yet. Who may see it: whoever coordinates the case, leaders and the data protection \
      officer; a parent without the others' names. What was printed on paper stands by itself, as it is \
      noted in the case.
      """
    ).said)

  @Argument(
    help: Phrase("Sagen, eller begyndelsen af en records id.", "The case, or the beginning of a record's id.")
      .help(valueName: "ref"))
  var reference: String
  @Option(
    help: Phrase("Fra og med denne dag.", "From this day on.").help(valueName: "day"),
    transform: CalendarDay.past)
  var since: CalendarDay?
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.content

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let records = try session.records(under: reference, stock)
    let from = since.map { Int64($0.dayNumber) * 86_400_000 } ?? 0
    let report = try await session.replica.whoSaw(
      records.map(\.id), since: from, passphrase: session.passphrase)
    let byID = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for line in report.lines {
      guard let record = byID[line.record] else { continue }
      session.tell(line, of: record, stock)
    }
    session.tellEnd(of: report)
    try session.tellPrintings(of: records, since: since, stock)
  }
}
