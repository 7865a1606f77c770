import Glibc

/// How a terminal sets off what is said, which the words say as well: colour alone tells nobody anything.
enum Style: String, Sendable {
  /// A heading over what follows: bold.
  case heading = "1"
  /// What is overdue, refused or at odds: red.
  case risk = "31"
  /// What is there to be typed or looked up, such as an id: dim.
  case dim = "2"

  /// The text in the style. It is as wide as before, so widths are counted before this.
  func applied(to text: String) -> String {
    text.isEmpty ? text : "\u{1b}[\(rawValue)m\(text)\u{1b}[0m"
  }

  /// Whether the result goes to a terminal that knows styles, and nobody wants it plain: neither `--no-color`
  /// nor `NO_COLOR` (no-color.org) nor a terminal that says that it is dumb, or not what it is.
  static func isWanted(json: Bool) -> Bool {
    guard !json, isatty(1) == 1, !CommandLine.arguments.contains("--no-color") else { return false }
    if let plain = getenv("NO_COLOR"), plain.pointee != 0 { return false }
    guard let terminal = getenv("TERM").map({ String(cString: $0) }) else { return false }
    return !terminal.isEmpty && terminal != "dumb"
  }

  /// The style of a table's cell that nobody named one for.
  static func ofCell(_ text: String) -> Style? {
    let isID =
      text.utf8.count == 8 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    return isID ? .dim : nil
  }
}
