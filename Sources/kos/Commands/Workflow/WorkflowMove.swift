import ArgumentParser
import CaseModel
import Workflows

/// Has a case follow another version.
struct WorkflowMove: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: Phrase(
      "Lad en sag følge en anden version; hvad der er gjort i den, står.",
      "Have a case follow another version; what was done in it stays."
    ).said)

  @Argument(help: Phrase("Sagen.", "The case.").help(valueName: "ref"), completion: .caseLabel)
  var caseReference: String
  @Argument(
    help: Phrase(
      "En version, der er vedtaget: dens nummer, kode@version eller id.",
      "A version that was adopted: its number, code@version or id."
    ).help())
  var version: String
  @OptionGroup var write: WriteOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(caseReference)
    let record = try session.adopted(version, for: file)
    guard let head = file.head else { throw Failure(.usage, .noSuchCase, caseReference) }
    // A case whose steps this program could not tell would stand still.
    guard let read = session.read(record) else {
      throw Failure(.usage, .badWorkflow, version, session.output.label("workflow_not_yaml"))
    }
    let name = "\(read.code)@\(read.version)"
    try await session.save(
      [CaseWork.follow(head, workflow: record.id)], write,
      session.output.say(.caseFollows, session.called(file.id), name),
      session.recorded(.change(head), in: file).members + [("workflow", JSON(record.id))])
  }
}
