import ArgumentParser
import CaseModel

/// Formal decisions.
struct DecisionGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decision",
    abstract: Phrase(
      "Afgørelser: forberedt, truffet én gang, afleveret og forklaret.",
      "Decisions: prepared, issued once, delivered and explained."
    ).said,
    subcommands: [
      DecisionPrepare.self, DecisionChange.self, DecisionIssue.self, DecisionDeliver.self,
      DecisionExplain.self, DecisionWithdraw.self, DecisionList.self, DecisionShow.self,
    ])
}
