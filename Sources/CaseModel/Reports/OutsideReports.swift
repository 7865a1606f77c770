public import CRDT

/// The reports of one day and period for readers outside the team, masked together: what one report hides,
/// another must not give away.
///
/// Reports count the same families in several ways. So the same figure is told by all of them or by none, and
/// of figures of which one is a part of the other, such as families ever enrolled and enrolled now, those are
/// told whose difference is no small count. The memo comes first, then caseloads, waiting and contacts: what
/// an earlier one tells does not depend on a later one.
public struct OutsideReports: Sendable {
  typealias Place = ReportTable.Place

  /// The status memo.
  public let status: ReportTable
  /// The caseloads on the last day of the period.
  public let caseload: ReportTable

  private let stock: CaseStock
  private let period: ReportPeriod
  private let threshold: Int
  /// The numbers of families in the memo and the caseloads.
  private let families: ToldApart

  /// Masks the memo and the caseloads; the others are masked when they are asked for.
  ///
  /// - Complexity: as the reports and their masking.
  public init(_ stock: CaseStock, in period: ReportPeriod, below threshold: Int = 5) {
    var (memo, loads) = (StatusMemo(stock, in: period).table, CaseloadReport(stock, at: period.end).table)
    var figures = RelatedFigures(memo, loads)
    figures.relate(isFromTheBeginning: period.start == nil)
    let masked = figures.masked(below: threshold)
    memo.rows = Array(masked.rows.prefix(memo.rows.count))
    loads.rows = Array(masked.rows.dropFirst(memo.rows.count).prefix(loads.rows.count))
    (status, caseload) = (memo, loads)
    families = figures.families(below: threshold)
    (self.stock, self.period, self.threshold) = (stock, period, threshold)
  }

  /// How long families wait, for a replica that holds some cases whole.
  public func waiting(isWhole: (Identifier) -> Bool = { _ in true }) -> ReportTable {
    var table = WaitingReport(stock, in: period, isWhole: isWhole).table
    var told = families
    var close: Set<Place> = []
    for row in table.rows.indices {
      let places = (reached: Place(row: row, column: 1), waiting: Place(row: row, column: 5))
      guard case .count(let reached) = table[places.reached], case .count(let waiting) = table[places.waiting]
      else { continue }
      if table.rows[row].first == .code(WaitingReport.Step.delivery.rawValue) {
        // Both together are the decisions that were issued, which the report on decisions tells.
        if min(reached, waiting) < threshold { close.formUnion([places.reached, places.waiting]) }
      } else {
        close.formUnion(Self.tell(reached, places.reached, waiting, places.waiting, &told, threshold))
      }
      // In how many cases nobody here can tell is how many cases there are.
      if let last = table.rows[row].indices.last, table.rows[row][last] != .figure(0) {
        table.rows[row][last] = .hidden
      }
    }
    return table.masked(below: threshold, besides: close)
  }

  /// What of a step is not told: each number, and both together, are numbers of families.
  private static func tell(
    _ reached: Int, _ reachedPlace: Place, _ waiting: Int, _ waitingPlace: Place, _ told: inout ToldApart,
    _ threshold: Int
  ) -> [Place] {
    var hidden: [Place] = []
    let before = told
    if !told.tell(reached) { hidden.append(reachedPlace) }
    let isReachedTold = reached >= threshold && hidden.isEmpty
    if waiting >= threshold, isReachedTold, !before.isApart(reached + waiting) {
      hidden.append(waitingPlace)
    } else if !told.tell(waiting) {
      hidden.append(waitingPlace)
    } else if isReachedTold, waiting >= threshold {
      _ = told.tell(reached + waiting)
    }
    return hidden
  }

  /// Who was contacted, for a replica that holds some cases whole.
  public func contacts(isWhole: (Identifier) -> Bool = { _ in true }) -> ReportTable {
    let table = ContactReport(stock, in: period, isWhole: isWhole).table
    var close: Set<Place> = []
    for row in table.rows.indices where table[Place(row: row, column: 1)] == .code("total") {
      for place in [Place(row: row, column: 2), Place(row: row, column: 3)] {
        if case .count(let count) = table[place], !families.isApart(count) { close.insert(place) }
      }
    }
    return table.masked(below: threshold, besides: close)
  }
}
