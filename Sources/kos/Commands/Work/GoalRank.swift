import ArgumentParser
import CaseModel

/// Ranks a goal anew.
struct GoalRank: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "rank", abstract: Phrase("Prioritér et mål på ny.", "Rank a goal anew.").said)

  @OptionGroup var which: GoalOptions
  @Option(help: Phrase("Familiens prioritet, 1 først.", "The family's priority, 1 first.").help())
  var rank: Int?
  @Option(
    help: Phrase(
      "Den prioritet, teamet ventede, 1 først.", "The priority that the team had expected, 1 first."
    ).help())
  var expected: Int?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    guard rank != nil || expected != nil else { throw Failure(.usage, .giveRank) }
    try Priority.check(rank, expected)
    let (file, record) = try which.open(session)
    try await session.save([CaseWork.rank(record, family: rank, team: expected)], write, in: file)
  }
}
