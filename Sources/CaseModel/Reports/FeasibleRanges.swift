/// Between which numbers unknown counts must lie, since no count is below 0 and the sums hold.
///
/// Each sum narrows its counts by what the others of it may be, until nothing changes. These are bounds that
/// anybody finds with pencil and paper; what only linear programming would find may be narrower.
struct FeasibleRanges {
  typealias Place = ReportTable.Place

  /// More than any count of records.
  private static let unbounded = 1 << 40
  /// Enough for tables of a page or two; narrowing can go on for long by ever smaller steps.
  private static let roundsMax = 200

  /// The lowest and the highest that each unknown count may be.
  let ranges: [Place: ClosedRange<Int>]

  init(_ sums: [ReportTable.Sum], counts: [Place: Int], unknown: Set<Place>) {
    var ranges: [Place: ClosedRange<Int>] = [:]
    for (place, count) in counts {
      let known = min(max(count, 0), Self.unbounded)
      ranges[place] = unknown.contains(place) ? 0...Self.unbounded : known...known
    }
    for _ in 0..<Self.roundsMax {
      let before = ranges
      for sum in sums { Self.narrow(sum, &ranges) }
      if ranges == before { break }
    }
    self.ranges = ranges.filter { unknown.contains($0.key) }
  }

  private static func narrow(_ sum: ReportTable.Sum, _ ranges: inout [Place: ClosedRange<Int>]) {
    func range(_ place: Place) -> ClosedRange<Int> { ranges[place] ?? 0...unbounded }
    let lowest = sum.parts.reduce(0) { $0 + range($1).lowerBound }
    let highest = sum.parts.reduce(0) { $0 + range($1).upperBound }
    narrow(sum.total, lowest, highest, &ranges)
    let total = range(sum.total)
    for part in sum.parts {
      let own = range(part)
      narrow(
        part, total.lowerBound - (highest - own.upperBound), total.upperBound - (lowest - own.lowerBound),
        &ranges)
    }
  }

  private static func narrow(
    _ place: Place, _ lowest: Int, _ highest: Int, _ ranges: inout [Place: ClosedRange<Int>]
  ) {
    guard let range = ranges[place] else { return }
    let (low, high) = (max(range.lowerBound, lowest), min(range.upperBound, highest))
    // Sums that do not hold narrow nothing.
    if low <= high { ranges[place] = low...high }
  }
}
