/// A part of a printed page: a text, or one of few elements with parts in it.
///
/// There are no attributes to give and no markup to write, so whatever a text holds stays a text.
public indirect enum PageNode: Sendable, Hashable {
  /// Words, whose lines stay lines.
  case text(String)
  /// An element with what is in it.
  case element(Element, [PageNode])

  /// What a page is made of.
  public enum Element: Sendable, Hashable, CaseIterable {
    /// The page's own heading; one a page.
    case title
    /// The heading of a section.
    case heading
    /// A paragraph.
    case paragraph
    /// A paragraph that stands out in a frame.
    case frame
    /// Small print.
    case remark
    /// A list whose order says nothing.
    case list
    /// A list in order.
    case numberedList
    /// An item of a list.
    case item
    /// A table.
    case table
    /// What a table is of.
    case caption
    /// A row of a table.
    case row
    /// The heading of a column.
    case columnHeading
    /// The heading of a row.
    case rowHeading
    /// A cell of a table.
    case cell
    /// Words that weigh more.
    case strong
    /// A line to write on.
    case line
    /// What belongs together.
    case section
  }

  /// An element with a text.
  public static func element(_ element: Element, _ text: String) -> PageNode {
    .element(element, [.text(text)])
  }

  /// A text in paragraphs: an empty line ends one.
  public static func paragraphs(_ text: String) -> [PageNode] {
    var paragraphs: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        if paragraphs.last?.isEmpty == false { paragraphs.append([]) }
      } else {
        paragraphs[paragraphs.count - 1].append(line)
      }
    }
    return paragraphs.filter { !$0.isEmpty }.map { .element(.paragraph, $0.joined(separator: "\n")) }
  }

  /// Empty lines to write on.
  public static func lines(_ count: Int) -> [PageNode] {
    (0..<max(0, count)).map { _ in .element(.line, []) }
  }

  /// A table with a caption and headings over its columns; the first cell of a row heads it.
  public static func table(_ caption: String, _ headings: [String], _ rows: [[String]]) -> PageNode {
    let head = PageNode.element(.row, headings.map { .element(.columnHeading, $0) })
    let body = rows.map { row in
      PageNode.element(
        .row,
        row.enumerated().map { place, text in .element(place == 0 ? .rowHeading : .cell, text) })
    }
    return .element(.table, [.element(.caption, caption), head] + body)
  }
}
