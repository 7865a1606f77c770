import CRDT
import CaseModel

/// How many families of each kind there are in a caseload that is kept as it should be: each was asked, and
/// who said yes has a coordinator.
struct FamilyCounts: Hashable {
  var enrolled = 0
  var discharged = 0
  /// Said yes, and is not enrolled yet.
  var agreed = 0
  var refused = 0
  var unanswered = 0

  var ever: Int { enrolled + discharged }
  var accepted: Int { ever + agreed }
  var offered: Int { accepted + refused + unanswered }
  var active: Int { enrolled + agreed + unanswered }
}

/// Somebody outside who has all reports of a day, knows what their figures mean, and looks for small counts
/// by trying all that there may be.
struct OutsideReader {
  /// A figure that the reports tell, and how it comes about.
  private struct Told {
    let count: Int
    let figure: (FamilyCounts) -> Int
  }

  private var told: [Told] = []
  /// The families of single coordinators that are told, of those enrolled and of all.
  private var enrolledApart = 0
  private var casesApart = 0
  private var ever: Int?

  init(status: ReportTable, caseload: ReportTable, waiting: ReportTable, contacts: ReportTable) {
    let figures: [String: (FamilyCounts) -> Int] = [
      "families_ever": \.ever, "families_enrolled": \.enrolled, "families_discharged": \.discharged,
      "families_offered": \.offered, "families_declined": \.refused, "families_accepted": \.accepted,
      "families_refused": \.refused, "families_unanswered": \.unanswered,
      "families_enrolled_in_period": \.ever, "families_discharged_in_period": \.discharged,
    ]
    for (row, cells) in status.rows.enumerated() {
      if case .code(let key)? = cells.first, let figure = figures[key] { add(status, row, 1, figure) }
    }
    ever = told.first { $0.figure(FamilyCounts(enrolled: 1, discharged: 10, agreed: 100)) == 11 }?.count
    let total = caseload.rows.count - 1
    add(caseload, total, 1) { $0.enrolled + $0.agreed }
    add(caseload, total, 2, \.enrolled)
    for row in 0..<total {
      casesApart += Self.count(caseload, row, 1) ?? 0
      enrolledApart += Self.count(caseload, row, 2) ?? 0
    }
    for (row, step) in WaitingReport.Step.allCases.enumerated() where step != .delivery {
      add(waiting, row, 1) { step == .offer ? $0.offered : step == .allocation ? $0.accepted : 0 }
      add(waiting, row, 5) { step == .offer ? 0 : step == .allocation ? $0.unanswered : $0.active }
    }
    for row in contacts.rows.indices where contacts.rows[row][1] == .code("total") {
      add(contacts, row, 2, \.enrolled)
    }
  }

  private static func count(_ table: ReportTable, _ row: Int, _ column: Int) -> Int? {
    if case .count(let count) = table[.init(row: row, column: column)] { return count }
    return nil
  }

  private mutating func add(
    _ table: ReportTable, _ row: Int, _ column: Int, _ figure: @escaping (FamilyCounts) -> Int
  ) {
    if let count = Self.count(table, row, column) { told.append(Told(count: count, figure: figure)) }
  }

  /// Whether the reports may be those of a caseload.
  func fits(_ counts: FamilyCounts) -> Bool {
    counts.enrolled >= enrolledApart && counts.enrolled + counts.agreed >= casesApart
      && told.allSatisfy { $0.figure(counts) == $0.count }
  }

  /// The small counts of a caseload that the reports give away: of all that may be, there is one alone.
  func certain(of truth: FamilyCounts) -> [String] {
    var seen = (discharged: Set<Int>(), refused: Set<Int>(), unanswered: Set<Int>(), agreed: Set<Int>())
    for discharged in 0...12 {
      for enrolled in ever.map({ ($0 - discharged)...($0 - discharged) }) ?? 0...30 where enrolled >= 0 {
        for agreed in 0...12 {
          for refused in 0...12 {
            for unanswered in 0...12 {
              let counts = FamilyCounts(
                enrolled: enrolled, discharged: discharged, agreed: agreed, refused: refused,
                unanswered: unanswered)
              guard fits(counts) else { continue }
              seen.discharged.insert(discharged)
              seen.refused.insert(refused)
              seen.unanswered.insert(unanswered)
              seen.agreed.insert(agreed)
            }
          }
        }
      }
    }
    let found = [
      ("discharged", seen.discharged, truth.discharged), ("refused", seen.refused, truth.refused),
      ("unanswered", seen.unanswered, truth.unanswered), ("agreed", seen.agreed, truth.agreed),
    ]
    return found.compactMap { name, values, count in count < 5 && values.count < 2 ? name : nil }
  }
}
