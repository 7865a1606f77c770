import ArgumentParser
import CaseModel

/// Shows what a step is about: for whoever is responsible.
struct StepShow: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: Phrase(
      "Vis, hvad et trin går ud på, og hvad der mangler.", "Show what a step is about, and what is missing."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase(
      "Trinet: dets nummer eller kode i step list.", "The step: its number or code in step list."
    ).help())
  var step: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    let output = session.output
    let (progress, step) = try session.step(step, of: file, stock)
    try session.open(stepsOf: file, [step])
    let isNext = progress.next?.step.code == step.step.code
    output.object(
      session.members(step, in: file, isNext: isNext, stock) + [
        ("purpose", JSON(step.step.purpose.map(output.text))),
        ("content", JSON(step.step.content.map(output.text))),
        ("participants", JSON(output.people(step.step.participants))),
        ("checklist", .array(step.step.checklist.map { JSON(output.text($0)) })),
      ])
    output.guide(step.step)
    output.line("      \(output.say(.status)): \(session.standing(step))")
    output.line("      \(output.say(.responsible)): \(session.responsible(step, stock))")
    if let missing = session.closed(step, in: file) { output.line("      \(missing)") }
  }
}
