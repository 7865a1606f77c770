import CRDT
import CaseModel
import Testing

/// What holds of every caseload.
@Suite struct ReportPropertyTests {
  /// A random caseload, imported, with what an import does not bring.
  private func book(_ seed: Int) -> ReportBook {
    var random = SplitMix64(seed: UInt64(seed))
    var book = ReportBook()
    let caseload = NaiveCaseload(using: &random)
    for record in Caseload.plan(caseload.lines.joined(separator: "\n")).entries { book.ledger.write(record) }
    func day() -> CalendarDay {
      (try? CalendarDay.on("2020-01-01").adding(days: random.below(60))) ?? .min
    }
    for number in 1...UInt64(4 + random.below(4)) {
      let caseID = book.family(
        number, inquiry: day().description, children: random.below(3), enrolled: day().description,
        coordinator: random.chance(70) ? 7 + UInt64(random.below(2)) : nil, allocated: day().description)
      for _ in 0..<random.below(4) {
        let survey = random.pick(Survey.allCases)
        let answers = Dictionary(
          survey.dimensions.map { ($0.name, random.below(7)) }, uniquingKeysWith: { $1 })
        book.write(
          CaseWork.surveyResponse(
            id: book.id(), in: caseID, survey, measurement: random.below(4), answers: answers, on: day()))
        book.write(
          CaseWork.goal(
            id: book.id(), in: caseID, title: "", familyRank: random.below(4), teamRank: random.below(4),
            on: day()))
        book.write(CaseWork.contact(id: book.id(), in: caseID, form: "visit", by: nil, on: day()))
        book.decision(
          caseID, random.pick(["respite", "transport"]), by: 7 + UInt64(random.below(2)),
          random.pick(["granted", "granted_in_part", "refused", "advice"]), amount: random.below(9),
          issued: day().description, delivered: random.chance(50) ? day().description : nil)
      }
    }
    return book
  }

  private let period = ReportPeriod(from: .on("2020-01-10"), at: .on("2020-03-05"))

  private func tables(_ records: [CaseRecord]) -> [ReportTable] {
    let stock = CaseStock(records: records)
    return [
      StatusMemo(stock, in: period).table, WaitingReport(stock, in: period).table,
      ContactReport(stock, in: period).table, CaseloadReport(stock, at: period.end).table,
      PriorityReport(stock, at: period.end).table, PriorityReport(stock, at: period.end).caseTable,
      SurveyReport(stock, in: period).table, DecisionReport(stock, in: period).table,
    ]
  }

  @Test(arguments: 0..<60) func theOrderOfRecordsDoesNotMatter(_ seed: Int) {
    let records = book(seed).ledger.all
    var random = SplitMix64(seed: UInt64(seed))
    let reports = tables(records)
    #expect(tables(records.shuffled(using: &random)) == reports, "seed \(seed)")
    #expect(reports.allSatisfy { table in table.rows.allSatisfy { $0.count == table.columns.count } })
  }

  /// Every sum that a table says that there is, is one.
  @Test(arguments: 0..<60) func sumsAddUp(_ seed: Int) {
    for table in tables(book(seed).ledger.all).dropFirst() {
      for sum in table.sums {
        let parts = sum.parts.map { Self.count(table[$0]) }
        #expect(Self.count(table[sum.total]) == parts.reduce(0, +), "seed \(seed)")
      }
    }
  }

  private static func count(_ cell: ReportTable.Cell) -> Int {
    if case .count(let count) = cell { return count }
    return -1_000_000
  }

  /// Story 10: of a case stock that is split in two, the counts of both add up to those of the whole.
  @Test(arguments: 0..<60) func countsOfAStockThatIsSplitAddUp(_ seed: Int) {
    let records = book(seed).ledger.all
    var random = SplitMix64(seed: UInt64(seed) &+ 99)
    let cases = Set(records.compactMap(\.caseID)).sorted()
    let moved = Set(cases.filter { _ in random.chance(50) })
    let parts = [true, false].map { isMoved in
      tables(records.filter { $0.caseID.map { moved.contains($0) == isMoved } ?? true })
    }
    for (place, whole) in tables(records).enumerated() where place != 5 {
      let names = Self.names(whole)
      let sums = [parts[0][place], parts[1][place]].map { Self.counts($0, names) }
      for (key, count) in Self.counts(whole, names) {
        #expect(count == sums.reduce(0) { $0 + ($1[key] ?? 0) }, "seed \(seed): \(key)")
      }
    }
  }

  /// The columns by which rows are told apart.
  private static func names(_ table: ReportTable) -> [Int] {
    table.columns.indices.filter { column in
      table.rows.contains { row in
        switch row[column] {
        case .label, .code, .person: true
        default: table.columns[column] == "measurement"
        }
      }
    }
  }

  private static func counts(_ table: ReportTable, _ names: [Int]) -> [[String]: Int] {
    var counts: [[String]: Int] = [:]
    for (row, cells) in table.rows.enumerated() {
      let texts = table.texts(row)
      for (column, cell) in cells.enumerated() {
        guard case .count(let count) = cell else { continue }
        counts[names.map { texts[$0] } + [table.columns[column]]] = count
      }
    }
    return counts
  }
}
