public import CRDT

/// What was decided on similar matters, by who decided: whether families are served equally although the
/// authority to decide lies with several (R70).
///
/// Decisions count that were issued in the period and not taken back.
public struct DecisionReport: Sendable, Hashable {
  /// One person's decisions on one matter.
  public struct Row: Sendable, Hashable {
    /// The matter's code.
    public let matter: String
    /// Who decided; `nil` for all who did.
    public let person: Identifier?
    /// Those granted.
    public internal(set) var granted = 0
    /// Those granted in part.
    public internal(set) var grantedInPart = 0
    /// Those refused.
    public internal(set) var refused = 0
    /// Those that say nothing of the kind.
    public internal(set) var other = 0
    /// The amounts that were granted, in whole or in part, in the smallest unit of money; 0 is no money.
    public internal(set) var amounts = RankedNumbers([])

    /// How many there are.
    public var count: Int { granted + grantedInPart + refused + other }
  }

  /// In order of matters; of each those by person in order of ids, and then all.
  public let rows: [Row]

  /// Counts a case stock.
  ///
  /// - Complexity: O(n log n)
  public init(_ stock: CaseStock, in period: ReportPeriod) {
    var decisions: [String: [Identifier: [CaseRecord]]] = [:]
    for file in stock.files.values {
      for decision in file.all(.decision) {
        guard let matter = decision.text(Field.Decision.matter),
          let person = decision.issuer, decision.issuedOn.map(period.contains) == true,
          !decision.hasElements(Field.Decision.withdrawn)
        else { continue }
        decisions[matter, default: [:]][person, default: []].append(decision)
      }
    }
    rows = decisions.sorted { $0.key < $1.key }.flatMap { matter, persons in
      persons.sorted { $0.key < $1.key }.map { Row(matter, $0, $1) }
        + [Row(matter, nil, persons.values.flatMap { $0 })]
    }
  }

  /// One row a matter and person, after each matter one for all persons.
  public var table: ReportTable {
    var table = ReportTable(
      columns: [
        "matter", "decided_by", "decisions", "granted", "granted_in_part", "refused", "other",
        "median_kroner", "lowest_kroner", "highest_kroner", "spread_kroner",
      ], charted: "decisions")
    var first = 0
    for row in rows {
      let total = table.next(2)
      table.sums.append(ReportTable.Sum(total, of: (3...6).map { table.next($0) }))
      let granted = [table.next(3), table.next(4)]
      func extreme(_ amount: Int?) -> ReportTable.Cell { amount.map { .extreme(.hundredths($0)) } ?? .none }
      let spread = row.amounts.highest.flatMap { highest in row.amounts.lowest.map { highest - $0 } }
      // What was granted to fewer than the threshold is hidden by their counts.
      let median: ReportTable.Cell =
        row.amounts.median.map { .derived(.hundredths($0), from: granted) } ?? .none
      table.rows.append([
        .code(row.matter), row.person.map { .person($0) } ?? .code("total"), .count(row.count),
        .count(row.granted), .count(row.grantedInPart), .count(row.refused), .count(row.other), median,
        extreme(row.amounts.lowest), extreme(row.amounts.highest), extreme(spread),
      ])
      guard row.person == nil else { continue }
      table.addTotals(at: total.row, of: first..<total.row, columns: [2, 3, 4, 5, 6])
      first = table.rows.count
    }
    return table
  }
}

extension DecisionReport.Row {
  fileprivate init(_ matter: String, _ person: Identifier?, _ decisions: [CaseRecord]) {
    self.init(matter: matter, person: person)
    var amounts: [Int] = []
    for decision in decisions {
      var isGranted = false
      switch decision.text(Field.Decision.outcome) {
      case Code.granted: (granted, isGranted) = (granted + 1, true)
      case Code.grantedInPart: (grantedInPart, isGranted) = (grantedInPart + 1, true)
      case Code.refused: refused += 1
      default: other += 1
      }
      if isGranted, let amount = decision.decisionAmount { amounts.append(amount) }
    }
    self.amounts = RankedNumbers(amounts)
  }
}
