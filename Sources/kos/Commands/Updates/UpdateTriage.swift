import ArgumentParser
import CRDT
import CaseModel

/// Triages an update; its reporter gets a receipt and nothing else.
struct UpdateTriage: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "triage",
    abstract: Phrase(
      "Sig, hvad der skal ske med en opdatering; indberetteren får en kvittering.",
      "Say what becomes of an update; its reporter gets a receipt."
    ).said)

  @Argument(
    help: Phrase("Opdateringen, som update list viser den.", "The update, as update list shows it.").help())
  var update: String
  @Option(help: Phrase("action (kræver handling) eller none.", "action or none.").help())
  var outcome: TriageOutcome
  @Option(
    help: Phrase(
      "Hvad sagen gemmer af opdateringen, ellers dens tekst.",
      "What the case keeps of the update, else its text."
    ).help())
  var text: String?
  @Option(help: Phrase("Hvorfor.", "Why.").help())
  var reason: String?
  @Option(
    help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"),
    transform: CalendarDay.past)
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let record = try session.record(update, in: session.updates(stock).map(\.update), of: .unnumbered)
    guard let file = stock.files.values.first(where: { $0.updates.contains { $0.id == record.id } }) else {
      throw Failure(.usage, .noUnderCase)
    }
    guard file.openUpdates.contains(where: { $0.id == record.id }) else {
      throw Failure(.usage, .alreadyTriaged)
    }
    let received = try CalendarDay(dayNumber: record.created / 86_400_000)
    let drafts = CaseWork.triage(
      update: record, in: file.id, about: file.children.map(\.id), outcome: outcome.rawValue, text: text,
      reason: reason, receivedOn: received, on: try session.pastDay(on), identify: session.identify)
    let (line, members) = session.recorded(drafts[0], in: file)
    try await session.save(
      drafts, write, line,
      members + [("update", JSON(record.id)), ("outcome", .string(outcome.rawValue))])
  }
}
