import ArgumentParser

/// The agenda of the core team's status meeting.
struct AgendaGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agenda",
    abstract: Phrase(
      "Statusmødets dagsorden, der skriver sig selv: kun sager, der er sket noget i.",
      "The status meeting's agenda, which writes itself: only cases in which something has developed."
    ).said,
    subcommands: [AgendaShow.self, AgendaItem.self], defaultSubcommand: AgendaShow.self)
}
