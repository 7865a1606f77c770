import ArgumentParser

/// Which roles reach an information type without consent.
struct InformationTypeGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "information-type",
    abstract: Phrase(
      "Hvilke roller der når en oplysningstype uden samtykke.",
      "Which roles reach an information type without consent."
    ).said,
    subcommands: [
      InformationTypeAdd.self, InformationTypeConfirm.self, InformationTypeEnd.self, InformationTypeList.self,
    ])
}
