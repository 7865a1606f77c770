import ArgumentParser
import CRDT
import CaseModel

/// Records that the family said yes.
struct CaseAccept: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: Phrase("Notér, at familien har sagt ja.", "Record that the family said yes.").said)

  @OptionGroup var step: StepOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let offer = try session.offer(in: file)
    let day = try session.notBefore(
      session.pastDay(step.on, in: file), asked: offer.day(Field.Offer.offeredOn))
    let change = CaseWork.accept(offer, on: day)
    try await session.save([change], step.write, in: file)
  }
}
