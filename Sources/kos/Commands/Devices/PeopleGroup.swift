import ArgumentParser

/// The people whose access one may end.
struct PeopleGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "people",
    abstract: Phrase(
      "De, hvis adgang du må afslutte: inviterede og kolleger.",
      "Those whose access you may end: invited people and colleagues."
    ).said,
    subcommands: [PeopleList.self, PeopleEnd.self, PeopleHandOver.self], defaultSubcommand: PeopleList.self)
}
