/// Which counts of a table are not told, so that no small count is known nor can be computed back.
///
/// Small counts go first. Then, as long as what is told would let one be computed, the next smallest goes
/// too: in each sum at least two counts are hidden, of at least the threshold together, no equation over all
/// the sums gives one away, and none must lie between numbers that are close. What is hidden for itself and
/// what for another's sake is not told apart.
struct CellSuppression {
  typealias Place = ReportTable.Place

  private let counts: [Place: Int]
  private let sums: [ReportTable.Sum]
  private let threshold: Int
  /// Hidden whatever they are.
  private let besides: Set<Place>
  /// What no reader is shown: to hide it first costs nothing.
  private let untold: Set<Place>

  init(
    _ table: ReportTable, below threshold: Int, besides: Set<Place> = [], untold: Set<Place> = []
  ) {
    (self.besides, self.untold) = (besides, untold)
    var counts: [Place: Int] = [:]
    for (row, cells) in table.rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        if case .count(let count) = cell { counts[Place(row: row, column: column)] = count }
      }
    }
    self.counts = counts
    // What is not a count is told or hidden by rules of its own, and says nothing of the sum.
    sums = table.sums.filter { sum in
      counts[sum.total] != nil && !sum.parts.isEmpty && sum.parts.allSatisfy { counts[$0] != nil }
    }
    self.threshold = threshold
  }

  /// - Complexity: O(rounds × sums × hidden²), for tables of a page or two.
  func hidden() -> Set<Place> {
    // Beyond a page or two nothing is told apart: the equations would take minutes.
    if counts.count > Self.countsMax { return Set(counts.keys) }
    var hidden = Set(counts.filter { $0.value < threshold }.keys).union(besides)
    while let next = nextInASum(hidden) ?? nextByEquations(hidden) { hidden.insert(next) }
    return hidden
  }

  /// The most counts of a table that are weighed one by one.
  private static let countsMax = 400

  /// What else has to go for the sake of one sum alone.
  private func nextInASum(_ hidden: Set<Place>) -> Place? {
    for sum in sums {
      let parts = sum.parts.filter(hidden.contains)
      let isTotalHidden = hidden.contains(sum.total)
      let unknown = parts.count + (isTotalHidden ? 1 : 0)
      guard unknown > 0 else { continue }
      let together = parts.reduce(0) { $0 + (counts[$1] ?? 0) }
      if unknown > 1, isTotalHidden || together >= threshold { continue }
      if let next = smallest(of: sum.parts, besides: hidden) ?? smallest(of: [sum.total], besides: hidden) {
        return next
      }
    }
    return nil
  }

  /// What else has to go because the sums together give a count away, or nearly.
  private func nextByEquations(_ hidden: Set<Place>) -> Place? {
    let ranges = FeasibleRanges(sums, counts: counts, unknown: hidden).ranges
    let narrow = ranges.filter { $0.value.count <= threshold }.keys.sorted()
    for place in LinearSystem(sums, unknown: hidden).determined + narrow {
      let beside = sums.filter { $0.total == place || $0.parts.contains(place) }
      let places = beside.flatMap { $0.parts + [$0.total] }
      if let next = smallest(of: places, besides: hidden) { return next }
    }
    return nil
  }

  private func smallest(of places: [Place], besides hidden: Set<Place>) -> Place? {
    places.filter { !hidden.contains($0) }.min { left, right in
      if untold.contains(left) != untold.contains(right) { return untold.contains(left) }
      return (counts[left] ?? 0, left) < (counts[right] ?? 0, right)
    }
  }
}

extension ReportTable {
  /// The table for readers outside the team: counts under the threshold are hidden with those from which they
  /// could be computed, whatever is made of a hidden count, and whatever tells of a single family.
  public func masked(below threshold: Int = 5) -> ReportTable { masked(below: threshold, besides: []) }

  /// The same, with other counts hidden too for what is told elsewhere.
  ///
  /// - Parameter untold: counts of which it is known how they add up, and which nobody is shown.
  func masked(
    below threshold: Int, besides: Set<Place>, untold: Set<Place> = []
  ) -> ReportTable {
    let hidden = CellSuppression(self, below: threshold, besides: besides, untold: untold).hidden()
    var table = self
    for (row, cells) in rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        let isHidden =
          switch cell {
          case .count: hidden.contains(Place(row: row, column: column))
          case .derived(_, let places): places.contains(where: hidden.contains)
          case .extreme: true
          default: false
          }
        if isHidden { table.rows[row][column] = .hidden }
      }
    }
    return table
  }
}
