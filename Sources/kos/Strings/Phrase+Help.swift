import ArgumentParser

/// Help is made before the options are read, in the language that they or the environment name.
extension Phrase {
  /// The text in the user's language.
  var said: String { text(in: .ofUser, []) }

  /// The text as help for an argument.
  func help(valueName: String? = nil) -> ArgumentHelp { ArgumentHelp(said, valueName: valueName) }
}
