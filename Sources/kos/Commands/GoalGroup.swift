import ArgumentParser
import CaseModel

/// The family's goals.
struct GoalGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "goal", abstract: "The family's goals, in the family's order.",
    subcommands: [GoalAdd.self, GoalList.self, GoalRank.self])
}

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

/// Lists the goals.
struct GoalList: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the goals in the family's order.")

  @Argument(help: ArgumentHelp("The case.", valueName: "ref"))
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let output = session.output
    var rows: [[String]] = []
    for (place, goal) in try session.file(caseReference).goals.enumerated() {
      let ranks = (goal.integer(Field.Goal.familyRank), goal.integer(Field.Goal.teamRank))
      let status = goal.text(Field.Goal.status) ?? Code.open
      output.object([
        ("number", .integer(Int64(place + 1))), ("record", JSON(goal.id)),
        ("text", JSON(goal.text(Field.Goal.title))), ("family_rank", JSON(ranks.0)),
        ("team_rank", JSON(ranks.1)), ("status", .string(status.shown)),
        ("pending", .boolean(try session.replica.isPending(goal.id))),
      ])
      rows.append([
        String(place + 1), output.say(.family, ranks.0.map(String.init) ?? "–"),
        output.say(.expected, ranks.1.map(String.init) ?? "–"), output.label(status),
        (goal.text(Field.Goal.title)?.shown ?? "–") + (try session.mark(goal)),
      ])
    }
    output.table(rows)
  }
}

/// Ranks a goal anew.
struct GoalRank: ReplicaCommand {
  static let configuration = CommandConfiguration(commandName: "rank", abstract: "Rank a goal anew.")

  @Argument(help: ArgumentHelp("The case.", valueName: "ref"))
  var caseReference: String
  @Argument(help: "The goal: its number in goal list, or its id.")
  var goal: String
  @Option(help: "The family's priority, 1 first.")
  var rank: Int?
  @Option(help: "The priority that the team had expected, 1 first.")
  var expected: Int?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard rank != nil || expected != nil else { throw ValidationError("Give --rank or --expected.") }
  }

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let record = try session.record(goal, in: file.goals)
    try await session.save([CaseWork.rank(record, family: rank, team: expected)], write, in: file)
  }
}
