import ArgumentParser
import CaseModel

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

  func work(_ session: Session) async throws {
    guard rank != nil || expected != nil else { throw Failure(.usage, .giveRank) }
    let file = try session.file(caseReference)
    let record = try session.record(goal, in: file.goals)
    try await session.save([CaseWork.rank(record, family: rank, team: expected)], write, in: file)
  }
}
