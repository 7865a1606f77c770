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

  @OptionGroup var which: GoalOptions
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
  @Option(
    help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"),
    transform: CalendarDay.past)
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try Priority.check(rank, expected)
    let (file, goal) = try which.open(session)
    let drafts = CaseWork.replace(
      goal: goal, in: file, title: try text.required(session.output),
      familyRank: rank, teamRank: expected, actors: actor, on: try session.pastDay(on),
      identify: session.identify)
    try await session.save(drafts, write, in: file)
  }
}
