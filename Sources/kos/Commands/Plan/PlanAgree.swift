import ArgumentParser
import CRDT
import CaseModel

/// Agrees on another version of the plan.
struct PlanAgree: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "agree",
    abstract: Phrase(
      "Aftal en ny version af planen; den forrige kan stadig læses.",
      "Agree on another version of the plan; the one before it stays readable."
    ).said)

  @OptionGroup var step: StepOptions
  @Option(
    help: Phrase("En af familien, der har aftalt den, ved navn.", "One of the family who agreed, by name.")
      .help())
  var by: [String] = []
  @Option(
    help: Phrase(
      "Et mål: dets nummer i goal list eller dets id; ellers alle åbne mål.",
      "A goal: its number in goal list, or its id; else all open goals."
    ).help())
  var goal: [String] = []
  @Option(
    help: Phrase("Hvad planen siger ud over målene.", "What the plan says beside its goals.").help())
  var text: String?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let day = try session.pastDay(step.on, in: file)
    let goals = try chosen(session, in: file)
    guard !goals.isEmpty else { throw Failure(.usage, .planWithoutGoals, session.called(file.id)) }
    if let ended = goals.first(where: { goal in !file.openGoals.contains { $0.id == goal.id } }) {
      throw Failure(.usage, .goalHasEnded, session.short(ended.id))
    }
    let family = try by.map { try session.subject($0, in: file) }
    let drafts = CaseWork.agreePlan(
      in: file, goals: goals, by: family, text: text,
      workflow: file.head?.identifier(Field.Case.workflow),
      on: day, identify: session.identify)
    let version = (FamilyPlan.versions(of: file).last?.version ?? 0).addingReportingOverflow(1).partialValue
    let members = session.recorded(drafts[0], in: file).members
    try await session.save(
      drafts, step.write, session.output.say(.planAgreed, String(version), String(goals.count)),
      members + [("version", .integer(Int64(version))), ("goals", .integer(Int64(goals.count)))])
  }

  /// The goals that are named, each once; without any all that are worked on.
  private func chosen(_ session: Session, in file: CaseFile) throws -> [CaseRecord] {
    guard !goal.isEmpty else { return file.openGoals }
    let named = Set(try goal.map { try session.record($0, in: file.goals).id })
    return file.goals.filter { named.contains($0.id) }
  }
}
