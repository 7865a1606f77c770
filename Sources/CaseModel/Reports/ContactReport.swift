public import CRDT

/// Whether each enrolled family was contacted each month (R32), by coordinator.
///
/// A family counts in a month that is over, when it was enrolled at the month's beginning and at its end, and
/// the work did not stand still for at least half of it. What counts as contact is what the contact clock
/// counts. A case counts for the coordinator whom it is allocated to now.
public struct ContactReport: Sendable, Hashable {
  /// One coordinator's families in one month.
  public struct Row: Sendable, Hashable {
    /// The coordinator; `nil` for cases without one.
    public let coordinator: Identifier?
    /// The month.
    public let month: MonthWindow
    /// Families that were to be contacted.
    public internal(set) var families = 0
    /// Those that were.
    public internal(set) var contacted = 0
  }

  /// In order of months, then coordinators.
  public let rows: [Row]
  /// In how many cases with an enrolled family this replica cannot tell, since it holds milestones alone.
  public let untold: Int

  /// Counts a case stock.
  ///
  /// - Parameters:
  ///   - period: whole months in it count; without a beginning all from the first enrolment on.
  ///   - isWhole: whether the replica holds all of a case, and not its milestones alone.
  /// - Complexity: O(n log n + cases × months)
  public init(_ stock: CaseStock, in period: ReportPeriod, isWhole: (Identifier) -> Bool = { _ in true }) {
    struct Key: Hashable {
      let month: MonthWindow
      let coordinator: Identifier?
    }
    var rows: [Key: Row] = [:]
    var untold = 0
    let interruptions = Interruptions(stock)
    for file in stock.files.values {
      let history = file.enrolmentHistory
      guard let start = history.firstDay, start <= period.end else { continue }
      guard isWhole(file.id) else {
        untold += 1
        continue
      }
      let contacts = ContactClock.occasions(file).map(\.day)
      for month in MonthWindow.whole(from: max(start, period.start ?? .min), through: period.end) {
        guard !history.enrolled(at: month.first).isEmpty, !history.enrolled(at: month.last).isEmpty,
          !interruptions.excuse(from: month.first, through: month.last)
        else { continue }
        let key = Key(month: month, coordinator: file.coordinator)
        var row = rows[key] ?? Row(coordinator: file.coordinator, month: month)
        row.families += 1
        row.contacted += contacts.contains(where: month.contains) ? 1 : 0
        rows[key] = row
      }
    }
    self.rows = rows.values.sorted { left, right in
      if left.month != right.month { return left.month < right.month }
      // Whoever has none comes last.
      guard let one = left.coordinator else { return false }
      return right.coordinator.map { one < $0 } ?? true
    }
    self.untold = untold
  }

  /// One row a coordinator and month, after each month one for all of them.
  public var table: ReportTable {
    var table = ReportTable(
      columns: ["month", "coordinator", "families", "contacted", "missed", "share_percent"],
      charted: "share_percent")
    func add(_ month: MonthWindow, _ name: ReportTable.Cell, _ families: Int, _ contacted: Int) {
      let parts = [table.next(3), table.next(4)]
      table.sums.append(ReportTable.Sum(table.next(2), of: parts))
      let share = ReportTable.Quantity.percent(contacted, of: families)
      table.rows.append([
        .label(month.text), name, .count(families), .count(contacted), .count(families - contacted),
        share.map { .derived($0, from: parts) } ?? .none,
      ])
    }
    for month in Set(rows.map(\.month)).sorted() {
      let own = rows.filter { $0.month == month }
      let first = table.rows.count
      for row in own {
        add(month, row.coordinator.map { .person($0) } ?? .code("unallocated"), row.families, row.contacted)
      }
      let total = table.rows.count
      add(
        month, .code("total"), own.reduce(0) { $0 + $1.families }, own.reduce(0) { $0 + $1.contacted })
      table.addTotals(at: total, of: first..<total, columns: [2, 3, 4])
    }
    return table
  }
}

extension ReportTable {
  /// Says that a row's counts are the sums of those of other rows.
  mutating func addTotals(at row: Int, of parts: Range<Int>, columns: [Int]) {
    for column in columns {
      sums.append(
        Sum(Place(row: row, column: column), of: parts.map { Place(row: $0, column: column) }))
    }
  }
}
