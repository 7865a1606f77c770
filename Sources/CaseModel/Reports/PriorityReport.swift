public import CRDT

/// How far the families' ranks of their goals agree with what the teams had expected (R55).
///
/// Goals count that were set by the day and are neither part of another goal nor replaced by one. Ranks from
/// 1 to 99 count; what else a field holds is no rank.
public struct PriorityReport: Sendable, Hashable {
  /// One family's goals.
  public struct Row: Sendable, Hashable {
    /// The case.
    public let caseID: Identifier
    /// Its goals.
    public let goals: Int
    /// Those that both the family and the team ranked.
    public let ranked: Int
    /// Whether a goal that the family ranked first is one that the team ranked first; `nil` when one of them
    /// ranked none.
    public let isFirstShared: Bool?
    /// By how many places the two ranks of the goals ranked by both differ, added up.
    public let differences: Int
  }

  /// One row a case with goals, in order of ids.
  public let rows: [Row]
  /// In how many cases this replica cannot tell, since it holds milestones alone.
  public let untold: Int

  /// Compares the ranks of a case stock.
  ///
  /// - Parameter isWhole: whether the replica holds all of a case, and not its milestones alone.
  /// - Complexity: O(n log n)
  public init(_ stock: CaseStock, at day: CalendarDay, isWhole: (Identifier) -> Bool = { _ in true }) {
    let files = stock.files.values.sorted { $0.id < $1.id }
    untold = files.count { !isWhole($0.id) }
    rows = files.filter { isWhole($0.id) }.compactMap { file in
      let goals = file.goals.filter { goal in
        goal.day(Field.Goal.setOn).map { $0 <= day } ?? true
          && goal.identifier(Field.Goal.subGoalOf) == nil && goal.identifier(Field.Goal.replacedBy) == nil
      }
      return goals.isEmpty ? nil : Row(file.id, goals)
    }
  }

  /// Cases in which both the family and the team ranked a goal.
  public var comparable: Int { rows.count { $0.isFirstShared != nil } }
  /// Those of them in which the family's first goal was the team's first.
  public var shared: Int { rows.count { $0.isFirstShared == true } }
  /// Goals that both ranked.
  public var ranked: Int { rows.reduce(0) { $0 + $1.ranked } }
  /// By how many places the two ranks differ, on average over the goals that both ranked; `nil` without any.
  public var meanDifference: ReportTable.Quantity? {
    .mean(rows.reduce(0) { $0 + $1.differences }, of: ranked)
  }

  /// One row for all cases.
  public var table: ReportTable {
    var table = ReportTable(
      columns: [
        "cases", "first_shared", "first_other", "first_shared_percent", "goals_ranked", "mean_difference",
      ], charted: "first_shared_percent")
    let parts = [table.next(1), table.next(2)]
    let share = ReportTable.Quantity.percent(shared, of: comparable)
    table.sums = [ReportTable.Sum(table.next(0), of: parts)]
    let ranks = [table.next(0), table.next(4)]
    table.rows.append([
      .count(comparable), .count(shared), .count(comparable - shared),
      share.map { .derived($0, from: parts) } ?? .none, .count(ranked),
      meanDifference.map { .derived($0, from: ranks) } ?? .none,
    ])
    return table
  }

  /// One row a case, for the team alone.
  public var caseTable: ReportTable {
    var table = ReportTable(
      columns: ["case", "goals", "goals_ranked", "first_shared", "mean_difference"],
      charted: "mean_difference")
    for row in rows {
      let ranked = [table.next(2)]
      let mean = ReportTable.Quantity.mean(row.differences, of: row.ranked)
      table.rows.append([
        .caseFile(row.caseID), .count(row.goals), .count(row.ranked),
        row.isFirstShared.map { .code($0 ? "yes" : "no") } ?? .none,
        mean.map { .derived($0, from: ranked) } ?? .none,
      ])
    }
    return table
  }
}

extension PriorityReport.Row {
  fileprivate init(_ caseID: Identifier, _ goals: [CaseRecord]) {
    func rank(_ goal: CaseRecord, _ field: FieldDefinition) -> Int? {
      goal.integer(field).flatMap { (1...99).contains($0) ? Int($0) : nil }
    }
    let ranks = goals.map { (rank($0, Field.Goal.familyRank), rank($0, Field.Goal.teamRank)) }
    let differences = ranks.compactMap { family, team in
      family.flatMap { family in team.map { abs(family - $0) } }
    }
    var isShared: Bool?
    if let first = ranks.compactMap(\.0).min(), let expected = ranks.compactMap(\.1).min() {
      isShared = ranks.contains { $0.0 == first && $0.1 == expected }
    }
    self.init(
      caseID: caseID, goals: goals.count, ranked: differences.count, isFirstShared: isShared,
      differences: differences.reduce(0, +))
  }
}
