import ArgumentParser
import CaseModel

/// Ends a goal.
struct GoalEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: Phrase("Afslut et mål: nået eller opgivet.", "End a goal: reached or given up.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"))
  var caseReference: String
  @Argument(
    help: Phrase(
      "Målet: dets nummer i goal list eller dets id.", "The goal: its number in goal list, or its id."
    ).help())
  var goal: String
  @Flag(help: Phrase("Målet blev opgivet, ikke nået.", "The goal was given up, not reached.").help())
  var dropped = false
  @Option(help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"))
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let draft = CaseWork.end(
      goal: try session.openGoal(goal, in: file), isReached: !dropped, on: session.day(on))
    try await session.save([draft], write, in: file)
  }
}
