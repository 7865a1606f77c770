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
    let day = try session.pastDay(step.on, in: file)
    if [session.day(nil), day].contains(where: { file.status(at: $0) == .enrolled }) {
      throw Failure(.usage, .declineEnrolled, session.short(file.id))
    }
    let offer = try session.offer(in: file)
    let change = CaseWork.decline(
      offer, on: try session.notBefore(day, asked: offer.day(Field.Offer.offeredOn)))
    try await session.save([change], step.write, in: file)
  }
}
