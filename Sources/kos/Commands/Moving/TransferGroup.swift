import ArgumentParser

/// Cases that go to another tenant: proposed by one leader, confirmed by another.
struct TransferGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transfer",
    abstract: Phrase(
      "Flytning: én leder foreslår, en anden bekræfter, og sagerne går til en anden kommune.",
      "Moving: one leader proposes, another confirms, and the cases go to another municipality."
    ).said,
    subcommands: [TransferAdd.self, TransferConfirm.self, TransferEnd.self, TransferList.self])
}
