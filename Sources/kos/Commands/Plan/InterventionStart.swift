import ArgumentParser
import CaseModel

/// Starts an intervention.
struct InterventionStart: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: Phrase("Sæt en indsats i gang.", "Start an intervention.").said)

  @OptionGroup var intervention: OneInterventionOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (file, record) = try intervention.notEnded(session)
    let draft = CaseWork.start(intervention: record, on: session.day(intervention.on))
    try await session.save([draft], intervention.write, in: file)
  }
}
