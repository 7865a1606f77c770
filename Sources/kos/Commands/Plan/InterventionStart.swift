import ArgumentParser
import CaseModel

/// Starts an intervention.
struct InterventionStart: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: Phrase("Sæt en indsats i gang.", "Start an intervention.").said)

  @OptionGroup var intervention: OneInterventionOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(intervention.caseReference)
    let record = try session.record(intervention.intervention, in: file.all(.intervention))
    guard record.day(Field.Intervention.endsOn) == nil else {
      throw Failure(.usage, .interventionEnded, intervention.intervention)
    }
    let draft = CaseWork.start(intervention: record, on: session.day(intervention.on))
    try await session.save([draft], intervention.write, in: file)
  }
}
