/// Writes comma-separated values (RFC 4180) that a spreadsheet takes for what they are.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV injection");
/// control characters, and those that turn the direction of writing, are left out.
public enum CommaSeparated {
  /// A field of a line.
  public enum Field: Sendable, Hashable {
    /// Words, which are never a formula.
    case text(String)
    /// A number that the program made.
    case number(ReportTable.Quantity)
    /// Nothing.
    case empty
  }

  /// Characters with which a formula begins, in their full-width forms too.
  private static let starts: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}",
  ]

  /// A line with its end.
  public static func line(_ fields: [Field]) -> String {
    fields.map(written).joined(separator: ",") + "\r\n"
  }

  private static func written(_ field: Field) -> String {
    switch field {
    case .empty: ""
    case .number(let number): number.text
    case .text(let text): quoted(defused(text))
    }
  }

  private static func defused(_ text: String) -> String {
    let first = text.unicodeScalars.first { scalar in
      scalar == "\r" || scalar != " " && scalar != "\u{a0}" && !scalar.isInvisible
    }
    let plain = text.withoutInvisible
    return first.map(starts.contains) == true ? "'" + plain : plain
  }

  private static func quoted(_ text: String) -> String {
    let special: Set<Unicode.Scalar> = [",", "\"", "\r", "\n", "'", " ", "\t"]
    guard text.unicodeScalars.contains(where: special.contains) else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted.unicodeScalars.append("\"") }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
