/// What was written down at a visit, as a form in plain text holds it (R61): a heading on a line with a colon
/// behind it, and what belongs to it behind the colon and on the lines below.
public struct VisitForm: Sendable, Hashable {
  /// What a heading opens.
  public enum Heading: Sendable, Hashable {
    /// The day of the visit, as `yyyy-mm-dd`.
    case day
    /// What was said; the contact's text.
    case contact
    /// What may turn out badly unless somebody acts (R33).
    case earlyWarning
    /// What was said of one of the family's goals, by its number from 1.
    case goal(Int)
    /// What somebody is to do: what | by when | who.
    case task
    /// Anything else.
    case note
  }

  /// A heading with what stands under it.
  public struct Section: Sendable, Hashable {
    /// The heading.
    public let heading: Heading
    /// The text, without empty lines around it; never empty.
    public let text: String
    /// The heading's line, from 1.
    public let line: Int
  }

  /// The sections that hold something, in their order.
  public let sections: [Section]

  /// So many lines are read at most: more is no form of a visit.
  public static let linesMax = 2_000

  /// Reads a form. Lines that begin with # are left out, and so are sections in which nothing stands.
  ///
  /// - Throws: `VisitFormError` with the line for text before any heading, for what looks like a misspelt
  ///   heading, and for what may stand once only and does not.
  public init(_ text: String) throws(VisitFormError) {
    var sections: [Section] = []
    var open: (heading: Heading, line: Int, lines: [Substring])?
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard lines.count <= Self.linesMax else { throw VisitFormError(line: Self.linesMax, .tooLong) }
    for (place, line) in lines.enumerated() where !line.hasPrefix("#") {
      if let (heading, rest) = try Self.heading(of: line, place + 1) {
        try Self.close(open, &sections)
        open = (heading, place + 1, [rest])
      } else if open != nil {
        open?.lines.append(line)
      } else if !line.allSatisfy(\.isWhitespace) {
        throw VisitFormError(line: place + 1, .noHeading)
      }
    }
    try Self.close(open, &sections)
    self.sections = sections
  }

  private static func close(
    _ open: (heading: Heading, line: Int, lines: [Substring])?, _ sections: inout [Section]
  ) throws(VisitFormError) {
    guard let open else { return }
    var lines = open.lines.map { String($0).trimmed }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard !lines.isEmpty else { return }
    let isRepeated = sections.contains { $0.heading == open.heading }
    if isRepeated, open.heading != .task, open.heading != .note {
      throw VisitFormError(line: open.line, .twice)
    }
    sections.append(Section(heading: open.heading, text: lines.joined(separator: "\n"), line: open.line))
  }

  /// The headings in Danish and English, in small letters.
  private static let headings: [String: Heading] = [
    "dato": .day, "date": .day, "kontakt": .contact, "contact": .contact, "tidlig advarsel": .earlyWarning,
    "early warning": .earlyWarning, "opgave": .task, "task": .task, "notat": .note, "note": .note,
  ]

  /// The heading that a line opens, and what stands behind its colon; `nil` for a line of text.
  private static func heading(
    of line: Substring, _ number: Int
  ) throws(VisitFormError) -> (Heading, Substring)? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let name = String(line[..<colon]).trimmed.lowercased()
    let rest = line[line.index(after: colon)...]
    if let heading = headings[name] { return (heading, rest) }
    for word in ["mål ", "goal "] where name.hasPrefix(word) {
      let digits = name.dropFirst(word.count)
      guard digits.count <= 3, let goal = Int(digits), goal > 0 else { break }
      return (.goal(goal), rest)
    }
    // A slip of the pen would put one section's text into another, perhaps to be read by others.
    guard line.first?.isWhitespace == false else { return nil }
    let letters = name.filter { !$0.isNumber }.trimmed
    for known in headings.keys + ["mål", "goal"] where known.count > 3 || letters == known {
      if letters.distance(to: known, atMost: known.count > 5 ? 2 : 1) != nil {
        throw VisitFormError(line: number, .misspelt(known))
      }
    }
    return nil
  }
}

extension String {
  /// Without spaces around it.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// By how many letters two short words differ (Levenshtein 1966); `nil` for more than `limit`.
  fileprivate func distance(to other: String, atMost limit: Int) -> Int? {
    let (one, two) = (Array(self), Array(other))
    guard abs(one.count - two.count) <= limit else { return nil }
    var row = Array(0...two.count)
    for (place, letter) in one.enumerated() {
      var next = [place + 1]
      for (column, wanted) in two.enumerated() {
        next.append(
          Swift.min(row[column] + (letter == wanted ? 0 : 1), row[column + 1] + 1, next[column] + 1))
      }
      row = next
    }
    return row.last.flatMap { $0 <= limit ? $0 : nil }
  }
}
