import ArgumentParser
import CaseModel

/// Lifts a withholding.
struct WithholdingLift: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "lift",
    abstract: Phrase(
      "Ophæv en tilbageholdelse; hvad nogen tilføjer imens, bliver stående.",
      "Lift a withholding; what somebody adds meanwhile stays."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase("Nummer i withholding list eller id.", "Its number in withholding list, or its id.").help())
  var withholding: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let record = try session.record(withholding, in: session.grants(.withholding, in: file))
    try session.open([record])
    let draft = CaseWork.lift(withholding: record)
    guard !draft.operations.isEmpty else { return session.sayUnchanged(draft, in: file) }
    try await session.save(
      [draft], write,
      session.output.say(
        .grantEnded, session.kind(record.kind).capitalisedFirst,
        session.describe(record, try session.replica.stock())),
      session.governed(draft, in: file))
  }
}
