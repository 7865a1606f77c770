import ArgumentParser
import CaseModel

/// Ends a goal.
struct GoalEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: Phrase("Afslut et mål: nået eller opgivet.", "End a goal: reached or given up.").said)

  @OptionGroup var which: GoalOptions
  @Flag(help: Phrase("Målet blev opgivet, ikke nået.", "The goal was given up, not reached.").help())
  var dropped = false
  @Option(
    help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"),
    transform: CalendarDay.past)
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (file, goal) = try which.open(session)
    let draft = CaseWork.end(
      goal: goal, isReached: !dropped, on: try session.pastDay(on))
    try await session.save([draft], write, in: file)
  }
}
