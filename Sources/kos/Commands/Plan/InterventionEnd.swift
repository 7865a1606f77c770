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
    let day = session.day(intervention.on)
    if let started = record.day(Field.Intervention.startsOn), day < started {
      throw Failure(.usage, .beforeItWasThere, day.description, started.description)
    }
    let draft = CaseWork.end(intervention: record, on: day)
    try await session.save([draft], intervention.write, in: file)
  }
}
