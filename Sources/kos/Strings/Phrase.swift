/// A text in every language that the command line speaks. `{0}`, `{1}` … are its gaps; `{0:case|cases}` is
/// the first word where the gap's value is 1, else the second.
struct Phrase: Sendable {
  /// In Danish.
  let danish: String
  /// In English.
  let english: String

  /// Holds a text in both languages.
  init(_ danish: String, _ english: String) {
    self.danish = danish
    self.english = english
  }

  /// The text with its gaps filled in one pass, so that a value is never taken for a gap.
  func text(in language: Language, _ values: [String]) -> String {
    let template = language == .danish ? danish : english
    var text = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{") {
      text += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}") else { break }
      text += Self.filled(rest[rest.index(after: open)..<close], values)
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  /// What stands in a gap: a value, or the word that goes with how many there are.
  private static func filled(_ gap: Substring, _ values: [String]) -> String {
    let parts = gap.split(separator: ":", maxSplits: 1)
    guard let number = parts.first.flatMap({ Int($0) }), values.indices.contains(number) else { return "" }
    guard parts.count == 2 else { return values[number] }
    let words = parts[1].split(separator: "|", omittingEmptySubsequences: false)
    return (values[number] == "1" ? words.first : words.last).map(String.init) ?? ""
  }
}
