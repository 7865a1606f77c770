/// A few words around what was found.
enum Snippet {
  /// How many characters are shown before what was found.
  private static let before = 24
  /// How many characters are shown at most.
  private static let length = 90

  /// What stands around the first of the words that is in a text, on one line.
  ///
  /// - Complexity: O(n × words)
  static func around(_ words: [FoldedText], in text: String) -> String {
    // Where each character of the text begins in the folded one.
    var bytes: [UInt8] = []
    var starts: [Int] = []
    let characters = Array(text)
    for character in characters {
      starts.append(bytes.count)
      for scalar in character.unicodeScalars { FoldedText.fold(scalar, into: &bytes) }
    }
    let folded = FoldedText(text)
    let found = words.compactMap { folded.place(of: $0) }.min() ?? 0
    let place = (starts.firstIndex { $0 > found } ?? starts.count) - 1
    let first = max(0, place - before)
    let last = min(characters.count, first + length)
    guard first < last else { return "" }
    let line = characters[first..<last].map { $0.isNewline ? " " : String($0) }.joined()
    return (first > 0 ? "…" : "") + line + (last < characters.count ? "…" : "")
  }
}
