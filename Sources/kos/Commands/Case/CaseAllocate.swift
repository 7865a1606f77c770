import ArgumentParser
import CaseModel

/// Allocates a case to a coordinator and a core team.
struct CaseAllocate: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "allocate",
    abstract: Phrase(
      "Tildel en sag til en koordinator og et kerneteam.", "Allocate a case to a coordinator and a core team."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Option(
    help: Phrase("Familiens koordinator ved navn eller id.", "The family's coordinator, by name or id.").help(
      valueName: "person"))
  var coordinator: String
  @Option(
    help: Phrase("Et medlem af kerneteamet ved navn eller id.", "A member of the core team, by name or id.")
      .help(valueName: "person"))
  var team: [String] = []
  @Option(help: Phrase("Hvad tildelingen er til.", "What the allocation is for.").help())
  var purpose: String?
  @Option(
    help: Phrase("Dagen, ellers i dag.", "The day, else today.").help(valueName: "day"),
    transform: CalendarDay.past)
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let person = try session.person(coordinator)
    let drafts = CaseWork.allocate(
      file, coordinator: person, members: try team.map(session.person), purpose: purpose,
      on: try session.pastDay(on, in: file), identify: session.identify)
    let name = session.name(person, try session.replica.stock())
    try await session.save(
      drafts, write, session.output.say(.allocated, session.called(file.id), name),
      session.recorded(drafts[0], in: file).members + [("coordinator", JSON(person))])
  }
}
