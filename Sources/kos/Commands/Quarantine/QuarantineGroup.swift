import ArgumentParser

/// Work that was allowed as far as its author could know, and on which somebody decides.
struct QuarantineGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: Phrase(
      "Karantæne: hvad andre skrev, før de vidste, at deres adgang var ændret, og som du afgør.",
      "Quarantine: what others wrote before they knew that their access had changed, and you decide on."
    ).said,
    subcommands: [QuarantineList.self, QuarantineAccept.self, QuarantineRefuse.self])
}
