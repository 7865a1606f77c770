import ArgumentParser
import CRDT
import CaseModel

/// Finds words in what is held here.
struct Find: ReplicaCommand {
  static let configuration = CommandConfiguration(
    abstract: Phrase(
      "Find ord i det, der ligger her; uden netværk, med store og små bogstaver og accenter lige.",
      "Find words in what is held here; offline, whatever the case and accents of the letters."
    ).said)

  @Argument(help: Phrase("Ordene; alle skal passe.", "The words; all of them must match.").help())
  var words: [String]
  @Option(help: Phrase("Vis højst så mange.", "Show so many at most.").help(valueName: "n"))
  var limit = 20
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let stock = try session.replica.stock()
    let output = session.output
    let search = CaseSearch(words)
    guard !search.isEmpty else { throw Failure(.usage, .noText) }
    let found = search.hits(in: stock)
    let hits = found.prefix(max(1, limit))
    if hits.isEmpty { return output.line(output.say(.nothingFound)) }
    try session.open(hits.map(\.record))
    var rows: [[String]] = []
    for hit in hits {
      let reference = session.reference(hit.caseID)
      output.object([
        ("record", JSON(hit.record.id)), ("case", JSON(reference)), ("case_id", JSON(hit.caseID)),
        ("kind", .string(hit.record.kind.definition?.name ?? "")), ("day", JSON(hit.record.happenedOn)),
        ("field", .string(hit.field.name)), ("text", JSON(hit.snippet)),
        ("pending", .boolean(try session.replica.isPending(hit.record.id))),
        ("taken_back", .boolean(try session.isTakenBack(hit.record))),
      ])
      rows.append([
        reference ?? "–", hit.record.happenedOn?.description ?? "–", session.kind(hit.record.kind),
        session.short(hit.record.id), hit.snippet.shown + (try session.mark(hit.record)),
      ])
    }
    output.table(rows)
    if found.count > hits.count {
      output.line(output.say(.moreFound, String(hits.count), String(found.count)))
    }
  }
}
