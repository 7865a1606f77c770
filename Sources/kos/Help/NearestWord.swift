/// What somebody may have meant who typed a word that is none.
enum NearestWord {
  /// The candidates that are nearest to a word, in their order: those of the fewest slips, and where there
  /// are too many of them, those that begin with the word.
  static func all(to word: String, among candidates: [String]) -> [String] {
    let word = word.lowercased()
    guard (1...lengthMax).contains(word.count) else { return [] }
    let slips = candidates.map { (candidate: $0, count: distance(word, $0.lowercased())) }
    let least = slips.map(\.count).min() ?? .max
    if least <= max(1, word.count / 3) {
      return Array(slips.filter { $0.count == least }.map(\.candidate).prefix(shownMax))
    }
    return Array(candidates.filter { word.count > 2 && $0.hasPrefix(word) }.prefix(shownMax))
  }

  /// No command and no topic is longer, and what is typed may be a paste of anything.
  private static let lengthMax = 32
  private static let shownMax = 3

  /// How many letters to put in, take out, exchange, or swap with the next one, make one word of another
  /// (optimal string alignment).
  ///
  /// - Complexity: O(n·m) in the letters
  static func distance(_ from: String, _ to: String) -> Int {
    let (left, right) = (Array(from), Array(to))
    var before: [Int] = []
    var above = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var line = [row + 1]
      for (column, other) in right.enumerated() {
        var least = min(above[column + 1] + 1, line[column] + 1, above[column] + (letter == other ? 0 : 1))
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
          least = min(least, before[column - 1] + 1)
        }
        line.append(least)
      }
      (before, above) = (above, line)
    }
    return above[right.count]
  }
}
