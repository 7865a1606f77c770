/// Prose for a terminal: lines that are broken between words.
public enum TextLines {
  /// The least that a line is broken to; a narrower terminal breaks lines itself.
  static let widthMin = 20

  /// A line as so many as it takes, each no longer than a width but for words that are.
  ///
  /// What follows the first is indented as far as that is.
  public static func wrapped(_ line: String, width: Int) -> [String] {
    guard line.count > width, width >= widthMin else { return [line] }
    let indent = String(line.prefix { $0 == " " })
    guard indent.count <= width / 2 else { return [line] }
    return filled(line.dropFirst(indent.count), width: width - indent.count).map { indent + $0 }
  }

  /// A text in lines of a width. A word that is longer stands alone; gaps within a line stay as they are.
  static func filled(_ text: Substring, width: Int) -> [String] {
    var lines: [String] = []
    var rest = text
    while rest.count > width {
      let head = rest.prefix(width + 1)
      let place = head.lastIndex(of: " ") ?? rest.firstIndex(of: " ")
      guard let place else { break }
      let line = rest[..<place]
      rest = rest[place...].drop { $0 == " " }
      if !line.isEmpty { lines.append(trimmed(line)) }
    }
    return rest.isEmpty ? lines : lines + [String(rest)]
  }

  private static func trimmed(_ line: Substring) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return String(line)
  }
}
