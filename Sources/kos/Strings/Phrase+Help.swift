import ArgumentParser

/// Help is made before the options are read, in the language that they or the environment name.
extension Phrase {
  /// The text in the user's language.
  var said: String { text(in: .ofUser, []) }

  /// The text as help for an argument.
  func help(valueName: String? = nil) -> ArgumentHelp { ArgumentHelp(said, valueName: valueName) }

  static let noSuchCommand = Phrase(
    "{0} er ingen kommando. Se: {1} --help", "{0} is no command. See: {1} --help")
  static let didYouMean = Phrase("Mente du: {0}?", "Did you mean: {0}?")
  static let noSuchHelpOf = Phrase("{0}", "{0}")
  static let noSuchHelpBut = Phrase(
    "{0} er hverken en kommando eller et emne. Mente du: {1}? Alle står i: kos help",
    "{0} is neither a command nor a topic. Did you mean: {1}? All are in: kos help")
  static let helpOfHelp = Phrase(
    """
    kos help viser alle kommandoer, kos help KOMMANDO eller kos KOMMANDO --help hvad en \
    af dem tager, og kos help EMNE en side om et af disse emner: {0}.
    """,
    """
    kos help shows all commands, kos help COMMAND or kos COMMAND --help what one of \
    them takes, and kos help TOPIC a page about one of these topics: {0}.
    """)
}
