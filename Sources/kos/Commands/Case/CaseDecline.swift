import ArgumentParser
import CRDT
import CaseModel

/// Records that the family said no.
struct CaseDecline: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "decline",
    abstract: Phrase("Notér, at familien har sagt nej.", "Record that the family said no.").said)

  @OptionGroup var step: StepOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    if [session.day(nil), session.day(step.on)].contains(where: { file.status(at: $0) == .enrolled }) {
      throw Failure(.usage, .declineEnrolled, session.short(file.id))
    }
    let change = CaseWork.decline(try session.offer(in: file), on: session.day(step.on))
    try await session.save([change], step.write, in: file)
  }
}
