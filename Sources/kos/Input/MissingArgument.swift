/// What a command cannot do without and was not given, as the parser tells it.
struct MissingArgument: Equatable {
  /// Its option, such as `--label`; `nil` for a word that is known by its place.
  let option: String?
  /// What it is, in the reader's language, as the help says it without the full stop.
  let meaning: String
  /// Whether it may be given more than once.
  let isRepeated: Bool
  /// Whether it is a text, which may have lines: the help calls its value one.
  let isText: Bool

  /// - Parameters:
  ///   - message: what the parser says is wrong.
  ///   - full: that, with the help of the argument and the command's usage.
  /// - Returns: `nil` when something else is wrong.
  init?(message: String, full: String) {
    let (before, after) = ("Missing expected argument '", "'")
    guard message.hasPrefix(before), message.hasSuffix(after) else { return nil }
    let synopsis = message.dropFirst(before.count).dropLast(after.count)
    // One that is repeated is shown as `--type <type> ...`.
    let name = synopsis.hasSuffix(" ...") ? synopsis.dropLast(4) : synopsis
    option = name.hasPrefix("--") ? name.split(separator: " ").first.map(String.init) : nil
    isRepeated = synopsis.hasSuffix(" ...") || full.contains("\(name) ...")
    isText = synopsis.hasSuffix(" <text>")
    meaning = Self.meaning(of: synopsis, in: full) ?? String(name)
  }

  /// What stands on the line `Help:  --label <label>  What the family is called in lists.`
  private static func meaning(of synopsis: Substring, in full: String) -> String? {
    let start = "Help:  \(synopsis)  "
    guard let line = full.split(separator: "\n").first(where: { $0.hasPrefix(start) }) else { return nil }
    let text = line.dropFirst(start.count)
    return String(text.last == "." ? text.dropLast() : text)
  }
}
