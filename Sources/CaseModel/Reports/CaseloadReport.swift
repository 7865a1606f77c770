public import CRDT

/// How many cases and children each coordinator has on a day (R52).
///
/// A case counts from its allocation until the family is discharged or declines. It counts for the
/// coordinator whom it is allocated to now: to whom it was allocated before, its records do not say.
public struct CaseloadReport: Sendable, Hashable {
  /// What one coordinator has.
  public struct Row: Sendable, Hashable {
    /// The coordinator; `nil` for families that are enrolled without one.
    public let coordinator: Identifier?
    /// Cases.
    public internal(set) var cases = 0
    /// Those of them with a child enrolled.
    public internal(set) var families = 0
    /// Children enrolled.
    public internal(set) var children = 0
  }

  /// In order of coordinators; families without one come last.
  public let rows: [Row]

  /// Counts a case stock.
  ///
  /// - Complexity: O(n log n)
  public init(_ stock: CaseStock, at day: CalendarDay) {
    var rows: [Identifier?: Row] = [:]
    for file in stock.files.values {
      let history = file.enrolmentHistory
      let enrolled = history.enrolled(at: day)
      let isAllocated = file.allocation?.day(Field.Allocation.allocatedOn).map { $0 <= day } ?? false
      guard isAllocated || !enrolled.isEmpty else { continue }
      guard ![.declined, .discharged].contains(file.status(at: day)) else { continue }
      let coordinator = isAllocated ? file.coordinator : nil
      var row = rows[coordinator] ?? Row(coordinator: coordinator)
      row.cases += 1
      row.families += enrolled.isEmpty ? 0 : 1
      row.children += history.children(enrolled).count
      rows[coordinator] = row
    }
    self.rows = rows.values.sorted { left, right in
      guard let one = left.coordinator else { return false }
      return right.coordinator.map { one < $0 } ?? true
    }
  }

  /// One row a coordinator, and one for all of them.
  public var table: ReportTable {
    var table = ReportTable(
      columns: ["coordinator", "cases", "families_enrolled", "children_enrolled"],
      charted: "children_enrolled")
    for row in rows {
      table.rows.append([
        row.coordinator.map { .person($0) } ?? .code("unallocated"), .count(row.cases),
        .count(row.families), .count(row.children),
      ])
    }
    let total = table.rows.count
    table.rows.append([
      .code("total"), .count(rows.reduce(0) { $0 + $1.cases }),
      .count(rows.reduce(0) { $0 + $1.families }), .count(rows.reduce(0) { $0 + $1.children }),
    ])
    table.addTotals(at: total, of: 0..<total, columns: [1, 2, 3])
    return table
  }
}
