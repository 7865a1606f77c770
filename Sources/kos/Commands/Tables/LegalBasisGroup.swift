import ArgumentParser

/// Legal bases: who may invoke them, for what and how long.
struct LegalBasisGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "legal-basis",
    abstract: Phrase(
      "Hjemler: hvem der må påberåbe dem, til hvad og hvor længe.",
      "Legal bases: who may invoke them, for what and how long."
    ).said,
    subcommands: [
      LegalBasisAdd.self, LegalBasisComplaintBody.self, LegalBasisEnd.self, LegalBasisList.self,
    ])
}
