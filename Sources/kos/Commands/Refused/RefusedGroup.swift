import ArgumentParser

/// Own work that the server refused.
struct RefusedGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refused",
    abstract: Phrase(
      "Afvist: hvad du skrev, som serveren ikke tog, og som ligger her, til du giver slip på det.",
      "Refused: what you wrote and the server did not take; it is here until you let go of it."
    ).said,
    subcommands: [RefusedList.self, RefusedShow.self, RefusedForget.self])
}
