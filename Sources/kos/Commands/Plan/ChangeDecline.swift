import ArgumentParser
import CaseModel

/// Declines that a major change repeats the steps.
struct ChangeDecline: ReplicaCommand {
  static let configuration = CommandConfiguration(
    commandName: "decline",
    abstract: Phrase(
      "Afgør, at trinene ikke gentages efter en større ændring.",
      "Decide that steps do not repeat after a major change."
    ).said)

  @OptionGroup var decision: ChangeDecisionOptions
  @OptionGroup var common: CommonOptions

  func work(_ session: Session) async throws {
    try await session.decide(decision, repeatsSteps: false)
  }
}
