import ArgumentParser
import CaseModel

/// Proposes an intervention.
struct InterventionPropose: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "propose",
    abstract: Phrase("Foreslå familien en indsats.", "Propose an intervention to the family.").said)

  @OptionGroup var step: StepOptions
  @Option(
    help: Phrase("Hvad det er, f.eks. Stepping Stones.", "What it is, such as Stepping Stones.").help())
  var title: String
  @Option(help: Phrase("Loven, den hviler på.", "The law that it rests on.").help())
  var legalBasis: String?
  @Option(
    help: Phrase("Hvem der står for den, ved navn eller id.", "Who is responsible, by name or id.").help(
      valueName: "person"))
  var responsible: String?
  @Option(
    help: Phrase("Hvad den koster i kroner, f.eks. 25.000.", "What it costs in kroner, such as 25.000.")
      .help())
  var amount: Money?
  @Option(
    help: Phrase(
      "Målet, den tjener: dets nummer i goal list eller dets id.",
      "The goal that it serves: its number in goal list, or its id."
    ).help())
  var goal: String?
  @Option(help: Phrase("Hvad den går ud på.", "What it is to do.").help())
  var text: String?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let draft = CaseWork.intervention(
      id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id), title: title,
      text: text, legalBasis: legalBasis, responsible: try responsible.map(session.person),
      amount: amount?.amount,
      goal: try goal.map { try session.openGoal($0, in: file).id }, on: try session.pastDay(step.on))
    try await session.save([draft], step.write, in: file)
  }
}
