import ArgumentParser

/// What of a case or of the register nobody is to have any more: one person proposes, another confirms.
struct ErasureGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erasure",
    abstract: Phrase(
      "Sletning: én foreslår, en leder mere bekræfter, og så har ingen det mere.",
      "Erasing: one person proposes, a second leader confirms, and then nobody has it any more."
    ).said,
    subcommands: [ErasureAdd.self, ErasureConfirm.self, ErasureEnd.self, ErasureList.self])
}
