import ArgumentParser

/// The organisations of the register, whose word counts for whom they employ.
struct OrganisationGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "organisation",
    abstract: Phrase("Registrets organisationer.", "The organisations of the register.").said,
    subcommands: [OrganisationAdd.self, OrganisationList.self])
}
