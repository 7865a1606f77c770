import ArgumentParser
import CaseModel

/// Says that a case goes on without a step.
struct StepSkip: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "skip", abstract: Phrase("Spring et trin over.", "Leave a step out.").said)

  @OptionGroup var step: OneStepOptions
  @Option(
    help: Phrase(
      "Hvorfor; skal med, når trinet ikke er frivilligt. Gemmes i et notat.",
      "Why; needed unless the step is optional. It is kept in a note."
    ).help())
  var reason: String?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try await session.say(.skip, step, reason: reason)
  }
}
