import ArgumentParser
import CRDT
import CaseModel

/// Prepares a decision.
struct DecisionPrepare: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: Phrase(
      "Forbered en afgørelse; den gælder først, når den træffes.",
      "Prepare a decision; it holds only once it is issued."
    ).said)

  @OptionGroup var step: StepOptions
  @Option(help: Phrase("Sagens art, f.eks. respite.", "The matter, such as respite.").help())
  var matter: String
  @Option(
    help: Phrase(
      "Beløbet i kroner, f.eks. 25.000; ellers handler den ikke om penge.",
      "The amount in kroner, such as 25.000; else it is not about money."
    ).help())
  var amount: Money?
  @Option(
    help: Phrase("granted, granted-in-part eller refused.", "granted, granted-in-part or refused.").help())
  var outcome: DecisionOutcome
  @Option(
    help: Phrase(
      "Loven med paragraf, f.eks. 'barnets lov § 90'.", "The law with its section, as 'barnets lov § 90'."
    ).help())
  var law: String
  @Option(
    help: Phrase(
      "Indsatsen, den handler om: nummer i intervention list, eller id.",
      "The intervention that it is about: its number in intervention list, or its id."
    ).help())
  var intervention: String?
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    guard ![matter, law].contains(where: { $0.allSatisfy(\.isWhitespace) }) else {
      throw Failure(.usage, .noText)
    }
    let about = try intervention.map { try session.record($0, in: file.all(.intervention)).id }
    let decision = CaseWork.decision(
      id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id), matter: matter,
      amount: amount?.amount ?? 0, intervention: about, outcome: outcome.code, legalBasis: law)
    let drafts = CaseWork.reasons(
      id: session.replica.newIdentifier(), for: decision, try text.required(session.output),
      on: try session.pastDay(step.on))
    let (line, members) = session.recorded(decision, in: file)
    try session.tellRoute(on: matter, cost: outcome == .refused ? 0 : amount?.amount ?? 0)
    try await session.save(drafts, step.write, line, members)
  }
}
