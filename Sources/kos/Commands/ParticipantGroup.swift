import ArgumentParser
import CRDT
import CaseModel

/// Who takes part in a case.
struct ParticipantGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "participant", abstract: "Who takes part in a case.",
    subcommands: [ParticipantAdd.self, ParticipantEnd.self, ParticipantList.self])
}

/// Lets a person take part.
struct ParticipantAdd: ReplicaCommand {
  static let configuration = CommandConfiguration(commandName: "add", abstract: "Let a person take part.")

  @OptionGroup var step: StepOptions
  @Option(help: "The person, by name or id.")
  var person: String
  @Option(help: "family-coordinator, core-team or external-reporter.")
  var role: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let draft = session.participation(
      of: try session.person(person), as: try RoleName.role(role), in: file, since: session.day(step.on))
    try await session.save([draft], step.write, in: file)
  }
}

/// Ends a person's participations in a case.
struct ParticipantEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "End a person's part in a case.")

  @OptionGroup var step: StepOptions
  @Option(help: "The person, by name or id.")
  var person: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let id = try session.person(person)
    let ending = file.participants.filter { $0.part.person == id }
    guard !ending.isEmpty else { throw Failure(.usage, .notParticipant, person) }
    let day = session.day(step.on)
    try await session.save(
      ending.map { CaseWork.end(participant: $0.record, on: day) }, step.write, in: file)
  }
}

/// Lists who takes part.
struct ParticipantList: ReplicaCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List who takes part.")

  @Argument(help: ArgumentHelp("The case.", valueName: "ref"))
  var caseReference: String
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let stock = try session.replica.stock()
    var rows: [[String]] = []
    for member in file.participants {
      let since = member.record.day(Field.Participant.since)
      let name = session.name(member.part.person, stock)
      session.output.object([
        ("record", JSON(member.record.id)), ("person", JSON(member.part.person)), ("name", JSON(name)),
        ("role", JSON(member.part.role.name)), ("since", JSON(since)),
        ("pending", .boolean(try session.replica.isPending(member.record.id))),
      ])
      let mark = try session.mark(member.record)
      rows.append([since?.description ?? "–", session.role(member.part.role), name + mark])
    }
    session.output.table(rows)
  }
}
