import ArgumentParser
import CRDT
import CaseModel

/// Offers the family to take part.
struct CaseOffer: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "offer",
    abstract: Phrase(
      "Notér, at familien blev spurgt, om den vil være med.", "Record that the family was asked to take part."
    ).said)

  @OptionGroup var step: StepOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    let file = try session.file(step.caseReference)
    let offer = CaseWork.offer(
      id: session.replica.newIdentifier(), in: file.id, about: file.children.map(\.id),
      on: try session.pastDay(step.on, in: file))
    try await session.save([offer], step.write, in: file)
  }
}
