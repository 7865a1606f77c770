import ArgumentParser

/// Other legal bases than consent, as they are invoked in a case.
struct GroundGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ground",
    abstract: Phrase(
      "Anden hjemmel end samtykke: hvem der må læse hvad efter en lov.",
      "Legal bases other than consent: who may read what by a law."
    ).said,
    subcommands: [GroundInvoke.self, GroundEnd.self, GroundList.self])
}
