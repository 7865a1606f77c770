import ArgumentParser
import CaseModel

/// Puts another goal in the place of one.
struct GoalReplace: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "replace",
    abstract: Phrase(
      "Sæt et andet mål i stedet for et; det gamle kan stadig læses.",
      "Put another goal in the place of one; the old one stays readable."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"))
  var caseReference: String
  @Argument(
    help: Phrase(
      "Målet: dets nummer i goal list eller dets id.", "The goal: its number in goal list, or its id."
    ).help())
  var goal: String
  @Option(
    help: Phrase("Familiens prioritet, ellers det gamle måls.", "The family's priority, else the old goal's.")
      .help())
  var rank: Int?
  @Option(
    help: Phrase(
      "Den prioritet, teamet ventede, ellers det gamle måls.",
      "The priority that the team had expected, else the old goal's."
    ).help())
  var expected: Int?
  @Option(help: Phrase("Hvem der arbejder med det.", "Who works on it.").help())
  var actor: [String] = []
  @Option(help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"))
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let drafts = CaseWork.replace(
      goal: try session.openGoal(goal, in: file), in: file, title: try text.required(session.output),
      familyRank: rank, teamRank: expected, actors: actor, on: session.day(on), identify: session.identify)
    try await session.save(drafts, write, in: file)
  }
}

extension Session {
  /// A goal that is worked on, by its number among all goals or its id.
  func openGoal(_ word: String, in file: CaseFile) throws -> CaseRecord {
    let goal = try record(word, in: file.goals)
    guard file.openGoals.contains(where: { $0.id == goal.id }) else {
      throw Failure(.usage, .goalHasEnded, word)
    }
    return goal
  }
}
