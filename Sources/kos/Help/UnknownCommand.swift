import ArgumentParser

/// A word that stands where a command should and names none.
struct UnknownCommand {
  /// The word.
  let word: String
  /// The commands before it, with the program's name.
  let path: [String]
  /// What may have been meant, as it would be typed.
  let meant: [String]

  /// - Parameter words: as they were typed, without the program's name.
  /// - Returns: `nil` when they name a command, or do not come so far.
  init?(_ words: [String]) {
    var command: any ParsableCommand.Type = Kos.self
    var path = ["kos"]
    for word in CommandWords.withoutCommon(words) {
      let subcommands = command.configuration.subcommands
      guard !subcommands.isEmpty, !word.hasPrefix("-") else { return nil }
      if let next = subcommands.first(where: { $0._commandName == word }) {
        command = next
        path.append(word)
        continue
      }
      if path.count == 1, word == "help" { return nil }
      self.word = word
      self.path = path
      let names = subcommands.map { $0._commandName }
      let near = NearestWord.all(to: word, among: names)
      meant = near.map { (path + [$0]).joined(separator: " ") }
      return
    }
    return nil
  }

  /// What is said of it.
  func text(_ output: Output) -> String {
    let place = path.joined(separator: " ")
    let told = output.say(.noSuchCommand, word.shown(upTo: 40), place)
    guard !meant.isEmpty else { return told }
    return told + " " + output.say(.didYouMean, meant.joined(separator: ", "))
  }
}
