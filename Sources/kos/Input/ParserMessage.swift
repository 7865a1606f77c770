/// What the parser says is wrong, in the reader's language: it speaks English alone.
///
/// A form that is not known here, such as one of a later parser, is told as it is.
enum ParserMessage {
  /// The message in a language.
  static func text(_ message: String, in language: Language) -> String {
    guard language == .danish else { return message }
    return value(message) ?? option(message) ?? argument(message) ?? message
  }

  /// The message with the help of the argument and the command's usage.
  ///
  /// - Parameter full: what the parser makes of the message.
  static func page(_ message: String, full: String, in language: Language) -> String {
    let head = "Error: " + message
    guard language == .danish, full.hasPrefix(head) else { return full }
    let lines = full.dropFirst(head.count).split(separator: "\n", omittingEmptySubsequences: false)
    return "Fejl: " + text(message, in: language) + lines.map(line).joined(separator: "\n")
  }

  /// The value that a message says is invalid; `nil` when it says something else.
  static func invalidValue(in message: String) -> String? {
    guard let rest = message[...].after("The value '"), let end = rest.firstRange(of: "' is invalid") else {
      return nil
    }
    return String(rest[..<end.lowerBound])
  }

  private static func line(_ line: Substring) -> String {
    for (english, danish) in [("Help:  ", "Hjælp: "), ("Usage: ", "Brug: ")] {
      if let rest = line.after(english) { return danish + rest }
    }
    guard let rest = line.after("  See '"), let end = rest.lastRange(of: "' for more information.") else {
      return String(line)
    }
    return "  Se '\(rest[..<end.lowerBound])' for mere."
  }

  /// What is wrong with a value.
  private static func value(_ message: String) -> String? {
    if let rest = message[...].after("The value '") {
      if let middle = rest.lastRange(of: "' is invalid for '") {
        let (value, place) = (rest[..<middle.lowerBound], rest[middle.upperBound...])
        return "Værdien '\(value)' er ugyldig for '\(choices(place))"
      }
      guard let end = rest.lastRange(of: "' is invalid.") else { return nil }
      return "Værdien '\(rest[..<end.lowerBound])' er ugyldig.\(rest[end.upperBound...])"
    }
    if let rest = message[...].after("Missing value for ") { return "Der mangler en værdi til \(rest)" }
    guard let rest = message[...].after("The option '"),
      let middle = rest.firstRange(of: "' does not take any value, but '"),
      let end = rest.lastRange(of: "' was specified."), middle.upperBound <= end.lowerBound
    else { return nil }
    let value = rest[middle.upperBound..<end.lowerBound]
    return "Tilvalget '\(rest[..<middle.lowerBound])' tager ingen værdi, men fik '\(value)'."
  }

  /// Which values there are, where the parser lists them behind the argument.
  private static func choices(_ place: Substring) -> String {
    let few = ". Please provide one of "
    let many = few + "the following:"
    if let list = place.lastRange(of: many) {
      return "\(place[..<list.lowerBound]). Vælg en af følgende:\(place[list.upperBound...])"
    }
    guard let list = place.lastRange(of: few) else { return String(place) }
    let words = place[list.upperBound...].replacing("' and '", with: "' eller '")
      .replacing("' or '", with: "' eller '").replacing(", or '", with: " eller '")
    return "\(place[..<list.lowerBound]). Vælg \(words)"
  }

  private static func option(_ message: String) -> String? {
    if let rest = message[...].after("Invalid option: ") { return "Ugyldigt tilvalg: \(rest)" }
    guard let rest = message[...].after("Unknown option ") else { return nil }
    guard let hint = rest.lastRange(of: ". Did you mean '") else { return "Ukendt tilvalg \(rest)" }
    return "Ukendt tilvalg \(rest[..<hint.lowerBound]). Mente du '\(rest[hint.upperBound...])"
  }

  private static func argument(_ message: String) -> String? {
    for (english, danish) in [
      ("Missing expected argument ", "Der mangler "), ("Missing one of: ", "Der mangler en af: "),
      ("Unexpected argument ", "Uventet ord "),
    ] {
      if let rest = message[...].after(english) { return danish + rest }
    }
    if message == "Missing required subcommand." { return "Der mangler en underkommando." }
    guard let middle = message.firstRange(of: " unexpected arguments: "),
      let count = Int(message[..<middle.lowerBound])
    else { return nil }
    return "\(count) uventede ord: \(message[middle.upperBound...])"
  }
}

extension Substring {
  /// What stands behind a beginning; `nil` when the text does not begin so.
  fileprivate func after(_ start: String) -> Substring? { hasPrefix(start) ? dropFirst(start.count) : nil }

  /// Where a text stands last.
  fileprivate func lastRange(of text: String) -> Range<Index>? { ranges(of: text).last }
}
