public import CRDT

/// A report as a table: what it says, apart from how it is shown.
///
/// Each cell says what its number tells of, so that a table can be masked for readers outside the team
/// whatever the report is.
public struct ReportTable: Sendable, Hashable {
  /// Where a cell stands.
  public struct Place: Sendable, Hashable, Comparable {
    /// Counted from 0.
    public let row: Int
    /// Counted from 0.
    public let column: Int

    /// Names a place.
    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }

    /// In order of rows, then columns.
    public static func < (left: Place, right: Place) -> Bool {
      (left.row, left.column) < (right.row, right.column)
    }
  }

  /// A number with its fineness.
  public enum Quantity: Sendable, Hashable {
    /// As it is.
    case whole(Int)
    /// In hundredths.
    case hundredths(Int)
  }

  /// What stands in a cell.
  public enum Cell: Sendable, Hashable {
    /// A few words.
    case label(String)
    /// A stable code, which the reader's language labels.
    case code(String)
    /// A person of the register.
    case person(Identifier)
    /// A case.
    case caseFile(Identifier)
    /// How many families, children, or what tells of them.
    case count(Int)
    /// A number that tells of no family.
    case figure(Int)
    /// What was made of the counts at some places.
    case derived(Quantity, from: [Place])
    /// What tells of a single family: a longest, a highest.
    case extreme(Quantity)
    /// There is none.
    case none
    /// There is one, and it is not told.
    case hidden
  }

  /// Counts of which one is the sum of the others.
  public struct Sum: Sendable, Hashable {
    /// The sum.
    public let total: Place
    /// What it is the sum of.
    public let parts: [Place]

    /// Says which counts add up.
    public init(_ total: Place, of parts: [Place]) {
      self.total = total
      self.parts = parts
    }
  }

  /// The columns' stable names.
  public let columns: [String]
  /// The cells, each row as long as there are columns.
  public internal(set) var rows: [[Cell]] = []
  /// Which counts add up.
  public internal(set) var sums: [Sum] = []
  /// The column that a chart shows.
  public let charted: Int

  /// An empty table.
  ///
  /// - Parameter charted: the name of the column that a chart shows.
  public init(columns: [String], charted: String) {
    self.columns = columns
    self.charted = columns.firstIndex(of: charted) ?? columns.count - 1
  }

  /// The place in the row that is added next.
  func next(_ column: Int) -> Place { Place(row: rows.count, column: column) }

  /// What stands at a place; `none` outside the table.
  public subscript(place: Place) -> Cell {
    guard rows.indices.contains(place.row), rows[place.row].indices.contains(place.column) else {
      return .none
    }
    return rows[place.row][place.column]
  }
}

extension ReportTable.Quantity {
  /// The number as it is written everywhere: with a point, and two digits after it where it has hundredths.
  public var text: String {
    switch self {
    case .whole(let number): return String(number)
    case .hundredths(let number):
      let digits = String(number.magnitude)
      let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
      return (number < 0 ? "-" : "") + padded.dropLast(2) + "." + padded.suffix(2)
    }
  }

  /// How much it is in hundredths, as far as that can be said.
  public var inHundredths: Int {
    switch self {
    case .whole(let number):
      let (product, overflow) = number.multipliedReportingOverflow(by: 100)
      return overflow ? number : product
    case .hundredths(let number): return number
    }
  }

  /// A part of a whole in percent, rounded half up to hundredths of one; `nil` of nothing.
  public static func percent(_ part: Int, of whole: Int) -> Self? { mean(part, of: whole, scale: 10_000) }

  /// A sum over a count, rounded half up to hundredths; `nil` of nothing.
  public static func mean(_ sum: Int, of count: Int) -> Self? { mean(sum, of: count, scale: 100) }

  private static func mean(_ sum: Int, of count: Int, scale: Int) -> Self? {
    let (scaled, overflow) = sum.multipliedReportingOverflow(by: scale)
    guard count > 0, !overflow else { return nil }
    let (doubled, tooLarge) = scaled.magnitude.multipliedReportingOverflow(by: 2)
    guard !tooLarge else { return nil }
    let (raised, far) = doubled.addingReportingOverflow(count.magnitude)
    let (divisor, wide) = count.magnitude.multipliedReportingOverflow(by: 2)
    guard !far, !wide, let rounded = Int(exactly: raised / divisor) else { return nil }
    return .hundredths(scaled < 0 ? -rounded : rounded)
  }
}
