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
  var domain: ICSDomain?
  @Option(
    help: Phrase(
      "Dimensionen: health, development, learning, leisure, care, guidance, relations, background, "
        + "livelihood eller network.",
      "The dimension: health, development, learning, leisure, care, guidance, relations, background, "
        + "livelihood or network."
    ).help())
  var dimension: ICSDimension?
  @Option(
    help: Phrase(
      "Hvad teksten er: summary, resources eller problems.",
      "What the text is: summary, resources or problems."
    ).help())
  var aspect: AssessmentAspect = .summary
  @Option(help: Phrase("Ressourcerne.", "What is strong.").help())
  var resources: String?
  @Option(help: Phrase("Vanskelighederne.", "What is hard.").help())
  var problems: String?
  @Option(
    help: Phrase(
      "En, der udreder sammen med dig, ved navn eller id.",
      "One who assesses together with you, by name or id."
    ).help(valueName: "person"))
  var with: [String] = []
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    guard (domain == nil) != (dimension == nil) else { throw Failure(.usage, .domainOrDimension) }
    let notes = try written(session)
    let persons = try with.map(session.person)
    let domains = domain.map { [$0: notes] } ?? [:]
    let dimensions = dimension.map { [$0: notes] } ?? [:]
    let round = session.progress(of: file, try session.replica.stock()).rounds.last
    let draft: RecordDraft
    // A repetition has an assessment of its own, beside the one that stands (R36).
    if let open = file.assessments.last, isOf(round, open) {
      draft = CaseWork.annotate(open, notes: domains, dimensions: dimensions, assessors: persons)
    } else {
      draft = CaseWork.assessment(
        id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id), notes: domains,
        dimensions: dimensions, assessors: [session.me] + persons.filter { $0 != session.me },
        on: try session.pastDay(step.on))
    }
    try await session.save([draft], step.write, in: file)
    try session.warnOfMissingAreas(in: file.id)
  }

  private func isOf(_ round: CaseProgress.Round?, _ assessment: CaseRecord) -> Bool {
    guard let round, round.number > 1, let start = round.startedOn else { return true }
    return assessment.happenedOn.map { $0 >= start } ?? false
  }

  /// What the options say: a text of one aspect, or resources and problems by themselves.
  private func written(_ session: Session) throws -> ICSNotes {
    if resources != nil || problems != nil {
      let summary = try text.named()
      guard dimension == nil || summary == nil else { throw Failure(.usage, .noSummaryOfDimension) }
      return ICSNotes(notes: summary, resources: resources, problems: problems)
    }
    if dimension != nil, aspect == .summary { throw Failure(.usage, .noSummaryOfDimension) }
    return aspect.notes(try text.required(session.output))
  }
}

extension Session {
  /// Says which legal area nobody stands for of those who assess the family (R6): what `step show` says of
  /// the step, and where the workflow asks for nothing, what a decision would lack.
  func warnOfMissingAreas(in caseID: Identifier) throws {
    let stock = try replica.stock()
    // Who stands for which area is in the register, which nobody else reads.
    guard replica.profile.role.isStaff, let file = stock.files[caseID] else { return }
    let missing =
      progress(of: file, stock).missingLegalAreas ?? LegalArea.missing(among: stock.assessors(of: file))
    guard !missing.isEmpty else { return }
    output.notice(output.say(.legalAreaMissing, missing.map(output.label).joined(separator: ", ")))
  }
}
