import ArgumentParser
import CRDT
import CaseModel

/// Changes a decision that nobody has issued.
struct DecisionChange: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "change",
    abstract: Phrase(
      "Ret en afgørelse, der ikke er truffet.", "Change a decision that nobody has issued."
    ).said)

  @OptionGroup var decision: DecisionOptions
  @Option(help: Phrase("Beløbet i kroner.", "The amount in kroner.").help())
  var amount: Money?
  @Option(
    help: Phrase("granted, granted-in-part eller refused.", "granted, granted-in-part or refused.").help())
  var outcome: DecisionOutcome?
  @Option(help: Phrase("Loven med paragraf.", "The law with its section.").help())
  var law: String?
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let (file, record) = try decision.found(session, isIssued: false)
    var change = RecordDraft.change(record)
    change.write(Field.Decision.amount, amount?.amount)
    change.write(Field.Decision.outcome, outcome?.code)
    change.write(Field.Decision.legalBasis, law)
    var drafts = [change]
    if let reasons = try text.named() {
      drafts = CaseWork.reasons(
        id: session.replica.newIdentifier(), for: change, reasons, on: try session.pastDay(decision.step.on))
    }
    guard drafts.contains(where: { !$0.operations.isEmpty }) else { throw Failure(.usage, .changeWhat) }
    let (line, members) = session.recorded(change, in: file)
    try await session.save(drafts, decision.step.write, line, members)
  }
}
