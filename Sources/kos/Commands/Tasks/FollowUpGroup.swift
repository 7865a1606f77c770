import ArgumentParser

/// Follow-up meetings with the family on its plan.
struct FollowUpGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow-up",
    abstract: Phrase(
      "Opfølgningsmøder med familien om planen, hver 3. måned.",
      "Follow-up meetings with the family on its plan, every 3rd month."
    ).said,
    subcommands: [FollowUpHold.self, FollowUpList.self])
}
