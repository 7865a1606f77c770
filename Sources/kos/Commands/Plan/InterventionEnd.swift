import ArgumentParser
import CaseModel

/// Ends an intervention.
struct InterventionEnd: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: Phrase("Afslut en indsats.", "End an intervention.").said)

  @OptionGroup var intervention: OneInterventionOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let (file, record) = try intervention.notEnded(session)
    let draft = CaseWork.end(intervention: record, on: session.day(intervention.on))
    try await session.save([draft], intervention.write, in: file)
  }
}
