import ArgumentParser
import CaseModel

/// Sets a goal.
struct GoalAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(commandName: "add", abstract: "Set a goal.")

  @OptionGroup var step: StepOptions
  @Option(help: "The family's priority, 1 first.")
  var rank: Int?
  @Option(help: "The priority that the team had expected, 1 first.")
  var expected: Int?
  @Option(help: "Who works on it.")
  var actor: [String] = []
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let goal = CaseWork.goal(
      id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id),
      title: try text.required(session.output), familyRank: rank, teamRank: expected, actors: actor,
      on: session.day(step.on))
    try await session.save([goal], step.write, in: file)
  }
}
