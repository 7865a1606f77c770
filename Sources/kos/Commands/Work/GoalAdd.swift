import ArgumentParser
import CaseModel

/// Sets a goal.
struct GoalAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: Phrase("Sæt et mål.", "Set a goal.").said)

  @OptionGroup var step: StepOptions
  @Option(help: Phrase("Familiens prioritet, 1 først.", "The family's priority, 1 first.").help())
  var rank: Int?
  @Option(
    help: Phrase(
      "Den prioritet, teamet ventede, 1 først.", "The priority that the team had expected, 1 first."
    ).help())
  var expected: Int?
  @Option(help: Phrase("Hvem der arbejder med det.", "Who works on it.").help())
  var actor: [String] = []
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  static let need = ReplicaNeed.writing

  func work(_ session: Session) async throws {
    try Priority.check(rank, expected)
    let file = try session.file(step.caseReference)
    let goal = CaseWork.goal(
      id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id),
      title: try text.required(session.output), familyRank: rank, teamRank: expected, actors: actor,
      on: try session.pastDay(step.on))
    try await session.save([goal], step.write, in: file)
  }
}
