/// The words of the command as the system gave them.
enum CommandWords {
  /// The number of the first word that is no text in UTF-8; `nil` when all are.
  ///
  /// `CommandLine.arguments` puts replacement characters in place of what is none: a file of that name would
  /// be another one, and a text would be kept as nobody wrote it.
  static var firstBroken: Int? {
    (1..<max(1, Int(CommandLine.argc))).first { place in
      CommandLine.unsafeArgv[place].map { String(validatingCString: $0) == nil } ?? false
    }
  }
}
