/// A text in every language that the command line speaks. `{0}`, `{1}` … are its gaps.
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
      let number = Int(rest[rest.index(after: open)..<close]) ?? values.count
      text += values.indices.contains(number) ? values[number] : ""
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }
}
