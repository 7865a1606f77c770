import ArgumentParser

/// Own work that more may read than was seen when it was written.
struct HeldGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "held",
    abstract: Phrase(
      "Tilbageholdt: hvad du skrev, før du vidste, at flere kan læse det, og som du bekræfter.",
      "Held: what you wrote before you knew that more may read it, and you confirm."
    ).said,
    subcommands: [HeldList.self, HeldConfirm.self, HeldWithdraw.self])
}
