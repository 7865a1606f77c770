import ArgumentParser
import CRDT
import CaseModel

/// Writes into the case's assessment.
struct AssessmentNote: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "note",
    abstract: Phrase(
      "Skriv i sagens udredning; teksten afløser det, der står.",
      "Write into the case's assessment; the text replaces what stands there."
    ).said)

  @OptionGroup var step: StepOptions
  @Option(
    help: Phrase(
      "Området: childs_development, parenting eller family_and_network.",
      "The domain: childs_development, parenting or family_and_network."
    ).help())
  var domain: ICSDomain
  @Option(
    help: Phrase(
      "Hvad i området: summary, resources eller problems.",
      "What of the domain: summary, resources or problems."
    ).help())
  var aspect: AssessmentAspect = .summary
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let notes = [domain: aspect.notes(try text.required(session.output))]
    let draft: RecordDraft
    if let open = file.assessments.last {
      draft = CaseWork.annotate(open, notes: notes)
    } else {
      draft = CaseWork.assessment(
        id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id), notes: notes,
        assessors: [session.me], on: session.day(step.on))
    }
    try await session.save([draft], step.write, in: file)
  }
}
