import ArgumentParser

/// Who holds custody, and so signs consents.
struct CustodyGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "custody",
    abstract: Phrase(
      "Forældremyndighed: hvem der skriver under for hvem.", "Custody: who signs for whom."
    ).said,
    subcommands: [CustodySet.self, CustodyShow.self])
}
