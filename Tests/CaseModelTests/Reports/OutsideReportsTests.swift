import CRDT
import CaseModel
import Testing

/// What readers outside the team cannot compute from all reports of a day together.
@Suite struct OutsideReportsTests {
  private static let day = ReportPeriod(at: .on("2020-07-01"))

  private static func random(_ seed: Int) -> FamilyCounts {
    var random = SplitMix64(seed: UInt64(seed))
    func few() -> Int { random.chance(70) ? random.below(5) : random.below(10) }
    return FamilyCounts(
      enrolled: random.below(24), discharged: few(), agreed: few(), refused: few(), unanswered: few())
  }

  private static func stock(_ counts: FamilyCounts, _ seed: Int) -> CaseStock {
    var random = SplitMix64(seed: UInt64(seed))
    var book = ReportBook()
    let kinds = [
      ("enrolled", counts.enrolled), ("discharged", counts.discharged), ("agreed", counts.agreed),
      ("refused", counts.refused), ("unanswered", counts.unanswered),
    ].flatMap { kind, count in [String](repeating: kind, count: count) }
    for (number, kind) in kinds.enumerated() {
      let isEver = kind == "enrolled" || kind == "discharged"
      let caseID = book.family(
        UInt64(number + 1), inquiry: "2020-01-02", children: 1 + random.below(2),
        enrolled: isEver ? "2020-02-03" : nil, discharged: kind == "discharged" ? "2020-03-03" : nil,
        coordinator: isEver || kind == "agreed" ? 7 + UInt64(random.below(3)) : nil)
      let offer = book.id()
      book.write(CaseWork.offer(id: offer, in: caseID, on: .on("2020-01-03")))
      guard let offered = book.ledger[offer], kind != "unanswered" else { continue }
      book.write(
        kind == "refused"
          ? CaseWork.decline(offered, on: .on("2020-01-09")) : CaseWork.accept(offered, on: .on("2020-01-09"))
      )
    }
    return book.stock
  }

  private static func tables(_ stock: CaseStock) -> [ReportTable] {
    [
      StatusMemo(stock, in: day).table, CaseloadReport(stock, at: day.end).table,
      WaitingReport(stock, in: day).table, ContactReport(stock, in: day).table,
    ]
  }

  private static func together(_ stock: CaseStock) -> [ReportTable] {
    let outside = OutsideReports(stock, in: day)
    return [outside.status, outside.caseload, outside.waiting(), outside.contacts()]
  }

  private static func reader(_ tables: [ReportTable]) -> OutsideReader {
    OutsideReader(status: tables[0], caseload: tables[1], waiting: tables[2], contacts: tables[3])
  }

  /// The attack knows what the figures mean, and finds what reports masked one by one give away.
  @Test func whatIsMaskedReportByReportLeaks() {
    var leaks = 0
    for seed in 0..<20 {
      let counts = Self.random(seed)
      let plain = Self.tables(Self.stock(counts, seed))
      #expect(
        Self.reader(Array(plain.prefix(3)) + [plain[3].masked(below: 999)]).fits(counts), "seed \(seed)")
      leaks += Self.reader(plain.map { $0.masked() }).certain(of: counts).isEmpty ? 0 : 1
    }
    #expect(leaks > 5, "\(leaks)")
  }

  @Test(arguments: 0..<60) func noSmallCountFollowsFromAllTogether(_ seed: Int) {
    let counts = Self.random(seed)
    let outside = Self.together(Self.stock(counts, seed))
    let reader = Self.reader(outside)
    #expect(reader.fits(counts), "seed \(seed): \(counts)")
    #expect(
      reader.certain(of: counts).isEmpty, "seed \(seed): \(counts) \(outside.map(\.allTexts))")
  }

  /// No two numbers of families that are told lie nearer to each other than a small count.
  @Test func theShippedCaseloadTogether() throws {
    let stock = CaseStock(records: Caseload.imported(try Caseload.shipped).all)
    for start in [nil, CalendarDay.on("2020-05-01")] {
      let outside = OutsideReports(stock, in: ReportPeriod(from: start, at: .on("2020-07-01")))
      let memo = Dictionary(outside.status.allTexts.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
      #expect(memo["children_ever"] == "23" && memo["families_ever"] == "23", "\(memo)")
      #expect(memo["assessment_meetings"] == "9", "\(memo)")
      for key in ["families_offered", "families_enrolled", "children_enrolled", "families_discharged"] {
        #expect(memo[key] == "*", "\(key)")
      }
      let loads = outside.caseload.texts(outside.caseload.rows.count - 1)
      #expect(Array(loads.dropFirst()) == ["*", "*", "*"])
      let waiting = outside.waiting()
      let steps = waiting.allTexts.flatMap { [$0[1], $0[5]] }.compactMap { Int($0) }
      #expect(steps.allSatisfy { abs($0 - 23) > 4 }, "\(waiting.allTexts)")
      let totals = outside.contacts().allTexts.filter { $0[1] == "total" }
      #expect(!totals.isEmpty && totals.allSatisfy { Int($0[2]).map { abs($0 - 23) > 4 } ?? true })
      // What a replica cannot tell is how many cases there are.
      #expect(outside.waiting { _ in false }.allTexts.allSatisfy { $0[8] == "0" || $0[8] == "*" })
    }
  }

  /// A larger caseload tells most of its figures; the same figure is told by both reports or by none.
  @Test func muchIsToldOfMany() {
    let counts = FamilyCounts(enrolled: 70, discharged: 20, agreed: 9, refused: 12, unanswered: 7)
    let outside = OutsideReports(Self.stock(counts, 1), in: Self.day)
    let memo = Dictionary(outside.status.allTexts.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
    for (key, number) in [
      ("families_ever", "90"), ("families_enrolled", "70"), ("families_discharged", "20"),
      ("families_offered", "118"), ("families_accepted", "99"), ("families_refused", "12"),
      ("families_enrolled_in_period", "90"),
    ] { #expect(memo[key] == number, "\(key) \(memo)") }
    #expect(outside.caseload.texts(outside.caseload.rows.count - 1)[2] == "70")
  }
}
