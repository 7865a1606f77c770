/// Rows in columns, for people: as wide as they are, or fitted to a terminal.
///
/// A fitted table loses no number: headings, the last column and what has digits go on in further lines, and
/// other texts are cut with an ellipsis. What the rows of a table with headings are called is cut last.
public enum TextTable {
  private static let gap = "  "
  /// The least that a column of texts is narrowed to.
  private static let textMin = 6
  /// The most of a word that is not cut: ids have as many characters.
  private static let wordMax = 8

  /// The lines of a table.
  ///
  /// - Parameters:
  ///   - hasHeader: whether the first row is headings.
  ///   - width: how many characters a line has; `nil` where there is no bound.
  ///   - decorated: what sets a cell off, such as a terminal's style, given its text, row and column. It
  ///     takes no room: widths are those of the text.
  public static func lines(
    _ rows: [[String]], hasHeader: Bool = false, width: Int? = nil,
    decorated: (_ text: String, _ row: Int, _ column: Int) -> String = { text, _, _ in text }
  ) -> [String] {
    let natural = widths(rows)
    let total = natural.reduce(0, +) + gap.count * max(0, natural.count - 1)
    guard let width, total > width else {
      return rows.enumerated().map { place, row in line(row, natural) { decorated($0, place, $1) } }
    }
    let narrow = narrowed(natural, to: width, rows, hasHeader: hasHeader)
    return rows.enumerated().flatMap { place, row in
      fitted(row, narrow, isHeader: hasHeader && place == 0) { decorated($0, place, $1) }
    }
  }

  private static func widths(_ rows: [[String]]) -> [Int] {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return widths
  }

  private static func line(
    _ row: [String], _ widths: [Int], _ decorated: (_ text: String, _ column: Int) -> String
  ) -> String {
    let last = row.lastIndex { !$0.isEmpty } ?? -1
    let cells = zip(row, widths).enumerated().map { column, cell in
      let room = column >= last ? "" : String(repeating: " ", count: max(0, cell.1 - cell.0.count))
      return (cell.0.isEmpty ? "" : decorated(cell.0, column)) + room
    }
    var text = cells.joined(separator: gap)
    while text.last == " " { text.removeLast() }
    return text
  }

  /// The widest columns narrowed one after another, none below what it needs.
  private static func narrowed(_ natural: [Int], to width: Int, _ rows: [[String]], hasHeader: Bool) -> [Int]
  {
    let least = natural.indices.map { column in
      rows.enumerated().reduce(min(natural[column], textMin)) { least, row in
        guard row.element.indices.contains(column) else { return least }
        return max(least, needed(row.element[column], isHeader: hasHeader && row.offset == 0))
      }
    }
    var widths = natural
    var excess = natural.reduce(0, +) + gap.count * max(0, natural.count - 1) - width
    while excess > 0 {
      let wide = widths.indices.filter { widths[$0] > least[$0] }
      let besideNames = hasHeader && wide.count > 1 ? wide.filter { $0 > 0 } : wide
      guard let widest = besideNames.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  /// What a cell must have: numbers, days and short words such as ids are whole, as are words of headings.
  private static func needed(_ cell: String, isHeader: Bool) -> Int {
    if isHeader { return min(wordMax, cell.split(separator: " ").map(\.count).max() ?? 0) }
    let isShort = cell.count <= wordMax && !cell.contains(" ")
    return isShort || !cell.contains(where: \.isLetter) ? cell.count : 0
  }

  /// A row as the lines that it takes.
  private static func fitted(
    _ row: [String], _ widths: [Int], isHeader: Bool,
    _ decorated: (_ text: String, _ column: Int) -> String
  ) -> [String] {
    let cells = zip(row, widths).enumerated().map { column, cell -> [String] in
      let isLast = column == row.count - 1 && cell.1 > wordMax
      let isWrapped = isHeader || isLast || cell.0.contains(where: \.isNumber)
      guard isWrapped else { return [cut(cell.0, to: cell.1)] }
      return TextLines.filled(cell.0[...], width: cell.1).map { cut($0, to: cell.1) }
    }
    return (0..<max(1, cells.map(\.count).max() ?? 1)).map { number in
      line(cells.map { $0.indices.contains(number) ? $0[number] : "" }, widths, decorated)
    }
  }

  private static func cut(_ cell: String, to width: Int) -> String {
    guard cell.count > width, cell.contains(where: \.isLetter) else { return cell }
    return cell.prefix(max(0, width - 1)) + "…"
  }
}
