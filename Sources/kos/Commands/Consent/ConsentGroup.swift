import ArgumentParser

/// Consents: who may read what because the family's custody holders signed.
struct ConsentGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consent",
    abstract: Phrase(
      "Samtykker: hvem der må læse hvad, fordi de rette har skrevet under.",
      "Consents: who may read what because those who must have signed."
    ).said,
    subcommands: [
      ConsentGive.self, ConsentSign.self, ConsentWithdraw.self, ConsentList.self, ConsentShow.self,
    ])
}
