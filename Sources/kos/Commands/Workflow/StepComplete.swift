import ArgumentParser
import CaseModel

/// Says that a step is done.
struct StepComplete: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "complete",
    abstract: Phrase(
      "Sig, at et trin er gjort, hvor posterne ikke viser det.",
      "Say that a step is done where the records do not show it."
    ).said)

  @OptionGroup var step: OneStepOptions
  @Option(
    help: Phrase(
      "Hvorfor; skal med, når noget mangler. Gemmes i et notat.",
      "Why; needed when something is missing. It is kept in a note."
    ).help())
  var reason: String?
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try await session.say(.complete, step, reason: reason)
  }
}
