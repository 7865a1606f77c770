/// `kos help TOPIC`, beside the help for commands that the parser has.
struct TopicHelp {
  private let output: Output
  /// What help is asked about; empty for all there is.
  private let asked: [String]

  /// - Parameter words: the command's words, without the program's name.
  /// - Returns: `nil` when they do not ask for help in this way.
  init?(_ words: [String]) {
    guard words.first == "help" else { return nil }
    output = Output(json: words.contains("--json"), language: .ofUser)
    asked = Self.withoutOptions(words.dropFirst())
  }

  /// Shows a topic, where one is asked for.
  ///
  /// - Returns: whether it was; the parser tells of commands.
  /// - Throws: `Failure` when it is neither a topic nor a command.
  func show() throws -> Bool {
    guard let word = asked.first else { return false }
    if asked == ["help"] {
      explainHelp()
      return true
    }
    if let topic = HelpTopic.named(word), asked.count == 1 {
      show(topic)
      return true
    }
    guard let unknown = UnknownCommand(asked) else { return false }
    guard asked.first == unknown.word else { throw Failure(.usage, .noSuchHelpOf, unknown.text(output)) }
    let topics = HelpTopic.all.map { $0.name.text(in: output.language, []) }
    let near =
      unknown.meant.map { "kos help " + $0.dropFirst("kos ".count) }
      + NearestWord.all(to: word, among: topics).map { "kos help " + $0 }
    guard !near.isEmpty else { throw Failure(.usage, .noSuchHelp, word) }
    throw Failure(.usage, .noSuchHelpBut, word, near.joined(separator: ", "))
  }

  /// Says what can be asked for.
  private func explainHelp() {
    let text = output.say(.helpOfHelp, HelpTopic.names(in: output.language))
    output.line(text)
    output.object([("topic", "help"), ("text", .string(text))])
  }

  private func show(_ topic: HelpTopic) {
    let (title, text) = (output.say(topic.title), output.say(topic.text))
    output.line(title, .heading)
    output.line()
    output.line(text)
    output.object([
      ("topic", .string(topic.name.text(in: .english, []))), ("title", .string(title)),
      ("text", .string(text)),
    ])
  }

  private static func withoutOptions(_ words: ArraySlice<String>) -> [String] {
    var rest: [String] = []
    var words = words
    while let word = words.popFirst() {
      if word == "--lang" { words = words.dropFirst() } else if !word.hasPrefix("-") { rest.append(word) }
    }
    return rest
  }
}
