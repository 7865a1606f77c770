import ArgumentParser
import CaseModel

/// Allocates a case to a coordinator and a core team.
struct CaseAllocate: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "allocate", abstract: "Allocate a case to a coordinator and a core team.")

  @Argument(help: ArgumentHelp("The case.", valueName: "ref"))
  var caseReference: String
  @Option(help: ArgumentHelp("The family's coordinator, by name or id.", valueName: "person"))
  var coordinator: String
  @Option(help: ArgumentHelp("A member of the core team, by name or id.", valueName: "person"))
  var team: [String] = []
  @Option(help: "What the allocation is for.")
  var purpose: String?
  @Option(help: ArgumentHelp("The day, else today.", valueName: "day"))
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let person = try session.person(coordinator)
    let drafts = CaseWork.allocate(
      file, coordinator: person, members: try team.map(session.person), purpose: purpose,
      on: session.day(on), identify: session.identify)
    let reference = session.reference(file.id) ?? ""
    let name = session.name(person, try session.replica.stock())
    try await session.save(
      drafts, write, session.output.say(.allocated, reference, name),
      session.recorded(drafts[0], in: file).members + [("coordinator", JSON(person))])
  }
}
