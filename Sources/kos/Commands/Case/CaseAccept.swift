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
    let change = CaseWork.accept(try session.offer(in: file), on: session.day(step.on))
    try await session.save([change], step.write, in: file)
  }
}
