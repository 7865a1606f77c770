import ArgumentParser
import CRDT
import CaseModel

/// Lists updates and how far each came.
struct UpdateList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Phrase(
      "Vis opdateringer: gemt her, modtaget, visiteret.", "List updates: kept here, received, triaged."
    ).said)

  @Option(
    name: .customLong("case"),
    help: Phrase("Dem, der hører til én sag.", "Those of one case.").help(valueName: "ref"))
  var caseReference: String?
  @Flag(help: Phrase("Kun dem, ingen har visiteret.", "Only those that nobody triaged.").help())
  var open = false
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let wanted = try caseReference.map { reference in
      guard let id = try session.caseID(reference, stock) else {
        throw Failure(.usage, .noSuchCase, reference)
      }
      return id
    }
    var rows: [[String]] = []
    let shown = try session.updates(stock).filter { wanted == nil || wanted == $0.caseID }
      .map { ($0.caseID, $0.update, try session.state(of: $0.update.id, alias: $0.update.caseID, stock)) }
      .filter { !open || $0.2.triagedOn == nil }
    try session.open(shown.map(\.1))
    for (caseID, update, state) in shown {
      let text = update.text(Field.ExternalUpdate.text)
      let urgency = update.text(Field.ExternalUpdate.urgency)
      session.output.object([
        ("update", JSON(update.id)), ("case", JSON(session.reference(caseID))),
        ("day", JSON(update.happenedOn)), ("urgency", JSON(urgency)),
        ("sender", JSON(update.text(Field.ExternalUpdate.sender))), ("text", JSON(text)),
        ("state", .string(state.name)), ("triaged_on", JSON(state.triagedOn)),
      ])
      rows.append([
        session.short(update.id), session.reference(caseID) ?? "", update.happenedOn?.description ?? "–",
        urgency.map(session.output.label) ?? "–", state.text(session.output),
        text?.shown(upTo: 60) ?? "–",
      ])
    }
    session.output.table(rows)
  }
}
