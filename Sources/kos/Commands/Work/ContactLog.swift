import ArgumentParser
import CaseModel

/// Logs a contact.
struct ContactLog: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Log a contact with the family.")

  @OptionGroup var step: StepOptions
  @Option(help: "home_visit, telephone, meeting, message …")
  var kind: String
  @Option(help: "What may turn out badly unless somebody acts.")
  var earlyWarning: String?
  @OptionGroup var text: TextOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let contact = CaseWork.contact(
      id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id), form: kind,
      by: session.me, text: try text.required(session.output), earlyWarning: earlyWarning,
      on: session.day(step.on))
    try await session.save([contact], step.write, in: file)
  }
}
