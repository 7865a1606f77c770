import ArgumentParser
import CRDT
import CaseModel

/// Ends a person's participations in a case.
struct ParticipantEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: Phrase("Afslut en persons deltagelse i en sag.", "End a person's part in a case.").said)

  @OptionGroup var step: StepOptions
  @Option(help: Phrase("Personen ved navn eller id.", "The person, by name or id.").help())
  var person: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let id = try session.person(person)
    let ending = file.participants.filter { $0.part.person == id }
    guard !ending.isEmpty else { throw Failure(.usage, .notParticipant, person) }
    let day = try session.pastDay(step.on)
    let drafts = ending.map { CaseWork.end(participant: $0.record, on: day) }
    let name = session.name(id, try session.replica.stock())
    let members = session.recorded(drafts[0], in: file).members
    try await session.save(
      drafts, step.write,
      session.output.say(.participationEnded, name, session.called(file.id)),
      members + [("person", JSON(id))])
  }
}
