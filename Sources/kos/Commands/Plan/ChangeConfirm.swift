import ArgumentParser
import CaseModel

/// Confirms that a major change repeats the steps.
struct ChangeConfirm: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: Phrase(
      "Afgør, at trinene gentages efter en større ændring.",
      "Decide that steps repeat after a major change."
    ).said)

  @OptionGroup var decision: ChangeDecisionOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try await session.decide(decision, repeatsSteps: true)
  }
}
