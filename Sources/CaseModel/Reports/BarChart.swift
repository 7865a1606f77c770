/// A picture of numbers in lines of text: bars of block characters with the number behind each, so that it
/// reads without colour, and aloud.
public enum BarChart {
  /// A bar.
  public struct Bar: Sendable, Hashable {
    /// What it is of.
    public let label: String
    /// How long it is; `nil` for none.
    public let value: Int?
    /// What is written behind it.
    public let shown: String

    /// Describes a bar.
    public init(label: String, value: Int?, shown: String) {
      self.label = label
      self.value = value
      self.shown = shown
    }
  }

  /// Parts of a character, in eighths (Unicode block elements).
  private static let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// A line a bar, the longest of `width` characters. What is more than nothing has a bar.
  public static func lines(_ bars: [Bar], width: Int = 40) -> [String] {
    let labels = bars.map(\.label.count).max() ?? 0
    let longest = bars.compactMap(\.value).max() ?? 0
    return bars.map { bar in
      let label = bar.label + String(repeating: " ", count: labels - bar.label.count)
      let drawn = bar.value.map { Self.bar($0, of: longest, width: width) } ?? ""
      return label + "  " + drawn + (drawn.isEmpty ? "" : " ") + bar.shown
    }
  }

  private static func bar(_ value: Int, of longest: Int, width: Int) -> String {
    guard value > 0, longest > 0, width > 0 else { return "" }
    let eighths = max(1, Int((Double(value) / Double(longest) * Double(width) * 8).rounded()))
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }
}

extension ReportTable {
  /// How long a row's bar is, in hundredths; `nil` for what is not told, and for a share in percent among
  /// figures that are none, since a bar of the same length would say another number.
  public func barLength(_ row: Int) -> Int? {
    if case .code(let code) = self[Place(row: row, column: 0)], code.hasSuffix("_percent"),
      columns.indices.contains(charted), !columns[charted].hasSuffix("_percent")
    {
      return nil
    }
    switch self[Place(row: row, column: charted)] {
    case .count(let number), .figure(let number): return Quantity.whole(number).inHundredths
    case .derived(let quantity, _), .extreme(let quantity): return quantity.inHundredths
    case .label, .code, .person, .caseFile, .none, .hidden: return nil
    }
  }
}
