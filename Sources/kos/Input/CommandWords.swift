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

  /// The options that every command takes (`CommonOptions`).
  static let common = ["--home", "--json", "--lang", "--no-color", "--passphrase-file"]

  /// The words without the options that every command takes, and without what they are given.
  static func withoutCommon(_ words: [String]) -> [String] {
    var rest: [String] = []
    var left = words[...]
    while let word = left.popFirst() {
      if word == "--" { return rest + [word] + left }
      let name = word.prefix { $0 != "=" }
      guard common.contains(String(name)) else {
        rest.append(word)
        continue
      }
      if !["--json", "--no-color"].contains(word), !word.contains("=") { left = left.dropFirst() }
    }
    return rest
  }
}
