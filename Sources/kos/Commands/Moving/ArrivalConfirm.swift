import ArgumentParser
import CRDT
import CaseModel

/// Confirms what came with a case from another tenant.
struct ArrivalConfirm: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: Phrase(
      "Bekræft, hvem der deltager, og hvad der giver adgang i en sag fra en anden kommune.",
      "Confirm who takes part, and what gives access, in a case from another municipality."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Option(
    help: Phrase(
      "En post ved id; gentag for flere. Uden: alt, der kan bekræftes.",
      "A record, by id; repeat it for more. Without: all that can be confirmed."
    ).help(valueName: "record"))
  var record: [String] = []
  @Flag(help: Phrase("Vis kun, hvad der ville ske.", "Only show what would happen.").help())
  var dryRun = false
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    let waiting = try session.forecast(for: session.me).suspended(in: file.id)
    try session.open(waiting.map(\.record))
    let chosen =
      record.isEmpty
      ? waiting.filter { $0.objection == nil }.map(\.record)
      : try record.map { try session.record($0, in: waiting.map(\.record), of: .unnumbered) }
    guard !chosen.isEmpty else { throw Failure(.usage, .nothingToConfirm) }
    let names = Set(chosen.map(\.id))
    for (record, objection) in waiting {
      let mark = names.contains(record.id) ? "+" : "–"
      let why = objection.map { "  (\(CodeNames.rule($0.rawValue, in: session.output.language)))" } ?? ""
      session.output.line(
        "\(mark) \(session.kind(record.kind))  \(session.describe(record, stock))\(why)")
    }
    let draft = CaseWork.arrival(
      id: session.replica.newIdentifier(), in: file.id, confirming: chosen.map(\.id))
    let members: [(String, JSON)] =
      session.governed(draft, in: file) + [
        ("confirmed", .array(chosen.map { JSON($0.id) })),
        ("left", .array(waiting.map(\.record.id).filter { !names.contains($0) }.map { JSON($0) })),
      ]
    guard !dryRun else {
      session.output.object(members + [("saved", false)])
      return session.output.line(session.output.say(.wouldConfirm, String(chosen.count)))
    }
    try await session.save(
      [draft], write, session.output.say(.arrivalConfirmed, String(chosen.count)), members)
  }
}
