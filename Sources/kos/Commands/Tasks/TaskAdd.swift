import ArgumentParser
import CRDT
import CaseModel

/// Sets a task.
struct TaskAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: Phrase("Sæt en opgave.", "Set a task.").said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(help: Phrase("Hvad der skal gøres.", "What is to be done.").help())
  var title: String
  @Option(
    help: Phrase(
      "Hvem der gør den: en person i registret, eller me for dig selv.",
      "Who does it: a person of the register, or me for yourself."
    ).help(valueName: "person"))
  var owner: String?
  @Option(
    help: Phrase(
      "Hvem der gør den, når det er en uden for registret.",
      "Who does it, when that is nobody of the register."
    ).help())
  var ownerName: String?
  @Option(
    help: Phrase("Hvornår den skal være gjort.", "By when it is to be done.").help(valueName: "day"),
    transform: CalendarDay.coming)
  var due: CalendarDay?
  @Option(
    help: Phrase(
      "Målet, den tjener: dets nummer i goal list eller dets id.",
      "The goal that it serves: its number in goal list, or its id."
    ).help())
  var goal: String?
  @Option(
    help: Phrase("Dagen, den blev sat, ellers i dag.", "The day on which it was set, else today.").help(
      valueName: "day"), transform: CalendarDay.past)
  var on: CalendarDay?
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    guard (owner == nil) != (ownerName == nil) else { throw Failure(.usage, .oneOwner) }
    let file = try session.file(caseReference)
    let person = try owner.map(session.person)
    let task = CaseWork.task(
      id: session.replica.newIdentifier(), in: file.id, about: session.ownSubjects(in: file), title: title,
      owner: person, ownerLabel: ownerName, due: due,
      status: person == session.me ? .accepted : .requested,
      goal: try goal.map { try session.openGoal($0, in: file).id }, on: try session.pastDay(on))
    try await session.save([task], write, in: file)
  }
}
