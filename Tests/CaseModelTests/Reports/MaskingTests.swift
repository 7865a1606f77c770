import CRDT
import Testing

@testable import CaseModel

/// What readers outside the team are not told, and cannot compute.
@Suite struct MaskingTests {
  /// Counts in rows and columns with their totals, the last of each.
  private static func table(_ numbers: [[Int]]) -> ReportTable {
    let width = numbers.first?.count ?? 0
    var table = ReportTable(columns: (0...width).map { "c\($0)" }, charted: "c0")
    let sums = numbers + [(0..<width).map { column in numbers.reduce(0) { $0 + $1[column] } }]
    for row in sums {
      let parts = (0..<width).map { table.next($0) }
      table.sums.append(ReportTable.Sum(table.next(width), of: parts))
      table.rows.append((row + [row.reduce(0, +)]).map { .count($0) })
    }
    table.addTotals(at: numbers.count, of: 0..<numbers.count, columns: Array(0...width))
    return table
  }

  @Test func aSmallCountTakesTheNextSmallestAlong() {
    let masked = Self.table([[3, 9, 20, 7]]).masked()
    #expect(masked.texts(0) == ["*", "9", "20", "*", "39"])
    // Two small ones of less than five together need a third: who knows the sum would nearly know them.
    #expect(Self.table([[1, 2, 30, 8]]).masked().texts(0) == ["*", "*", "30", "*", "41"])
    #expect(Self.table([[0, 0, 6, 8]]).masked().texts(0) == ["*", "*", "*", "8", "14"])
    // What is small itself hides all of it.
    #expect(Self.table([[1, 2]]).masked().texts(0) == ["*", "*", "*"])
    #expect(Self.table([[5, 6], [7, 8]]).masked() == Self.table([[5, 6], [7, 8]]))
  }

  @Test func whatIsMadeOfAHiddenCountIsHiddenToo() {
    var table = ReportTable(columns: ["name", "n", "of", "share", "longest", "days"], charted: "n")
    let parts = [table.next(1), table.next(2)]
    table.rows.append([
      .label("a"), .count(4), .count(30), .derived(.hundredths(1333), from: parts), .extreme(.whole(3)),
      .figure(2),
    ])
    table.rows.append([
      .label("b"), .count(9), .count(30), .derived(.hundredths(3000), from: [table.next(1)]), .none,
      .figure(1),
    ])
    #expect(table.masked().texts(0) == ["a", "*", "30", "*", "*", "2"])
    #expect(table.masked().texts(1) == ["b", "9", "30", "30.00", "–", "1"])
  }

  @Test func equationsOverSeveralSumsGiveAway() {
    // Two rings of hidden cells that one hidden cell joins: no sum alone gives it away, all together do.
    func place(_ row: Int, _ column: Int) -> ReportTable.Place { .init(row: row, column: column) }
    let cells = [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)]
    let hidden = Set(cells.map { place($0.0, $0.1) })
    let rows = (0..<4).map { row in ReportTable.Sum(place(row, 4), of: (0..<4).map { place(row, $0) }) }
    let columns = (0..<4).map { column in
      ReportTable.Sum(place(4, column), of: (0..<4).map { place($0, column) })
    }
    #expect(LinearSystem(rows + columns, unknown: hidden).determined == [place(1, 2)])
    #expect(LinearSystem(rows, unknown: hidden).determined.isEmpty)
    #expect(LinearSystem(rows, unknown: [place(0, 3)]).determined == [place(0, 3)])
  }

  /// What no equation tells, the bounds do: the only cells between 10 and 21 hold 10 and 11.
  @Test func noCountIsBelowNothing() {
    let masked = Self.table([[10, 0, 10], [11, 0, 0]]).masked()
    var intruder = Intruder(masked, height: 2, width: 3, random: SplitMix64(seed: 1))
    #expect(intruder.certain().isEmpty, "\(masked.allTexts)")
  }

  /// Nobody who knows the sums computes a hidden count: at least two numbers fit wherever one is hidden.
  @Test(arguments: 0..<200) func noHiddenCountFollows(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let (height, width) = (1 + random.below(3), 2 + random.below(2))
    let numbers = (0..<height).map { _ in
      (0..<width).map { _ in random.chance(40) ? random.below(5) : random.below(12) }
    }
    let table = Self.table(numbers)
    let masked = table.masked()
    for (row, cells) in table.rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        guard case .count(let count) = cell, count < 5 else { continue }
        #expect(masked.rows[row][column] == .hidden, "seed \(seed)")
      }
    }
    var intruder = Intruder(masked, height: height, width: width, random: random)
    #expect(intruder.certain().isEmpty, "seed \(seed): \(numbers) \(masked.allTexts)")
  }

  /// The shipped caseload's reports, read from outside.
  @Test func theShippedCaseloadMasked() throws {
    let stock = CaseStock(records: Caseload.imported(try Caseload.shipped).all)
    let memo = StatusMemo(stock, in: ReportPeriod(from: .on("2020-05-01"), at: .on("2020-07-01")))
    let numbers = Dictionary(
      memo.table.masked().allTexts.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
    #expect(numbers["children_ever"] == "23" && numbers["assessment_meetings"] == "9")
    // One was discharged: so how many are enrolled is not told either.
    for key in [
      "families_discharged", "families_enrolled", "children_enrolled", "children_discharged",
      "families_declined", "families_refused", "families_accepted", "acceptance_percent",
      "families_enrolled_in_period",
    ] { #expect(numbers[key] == "*", "\(key)") }
    let loads = CaseloadReport(stock, at: .on("2020-07-01")).table
    #expect(loads.rows.count > 2 && loads.texts(loads.rows.count - 1)[3] == "22")
  }
}

/// Looks for counts that follow from what a masked table tells, by trying numbers.
private struct Intruder {
  private let masked: ReportTable
  private let height: Int
  private let width: Int
  private var seen: [ReportTable.Place: Set<Int>] = [:]
  private var grid: [[Int]]
  private let cells: [ReportTable.Place]
  private var patience = 0
  private var random: SplitMix64

  init(_ masked: ReportTable, height: Int, width: Int, random: SplitMix64) {
    (self.masked, self.height, self.width, self.random) = (masked, height, width, random)
    grid = (0..<height).map { row in (0..<width).map { Self.known(masked, row, $0) ?? -1 } }
    cells = (0..<height).flatMap { row in
      (0..<width).filter { Self.known(masked, row, $0) == nil }.map { .init(row: row, column: $0) }
    }
  }

  private static func known(_ table: ReportTable, _ row: Int, _ column: Int) -> Int? {
    guard case .count(let count) = table[.init(row: row, column: column)] else { return nil }
    return count
  }

  /// The hidden cells for which one number only was found, beginning anew with other numbers often enough.
  mutating func certain() -> [ReportTable.Place] {
    let hidden = hidden.count
    for _ in 0..<60 where seen.count < hidden || seen.values.contains(where: { $0.count < 2 }) {
      patience = 1000
      explore(0)
    }
    return seen.filter { $0.value.count == 1 }.keys.sorted()
  }

  private var hidden: [ReportTable.Place] {
    (0...height).flatMap { row in
      (0...width).map { ReportTable.Place(row: row, column: $0) }.filter { masked[$0] == .hidden }
    }
  }

  private mutating func explore(_ index: Int) {
    guard patience > 0 else { return }
    patience -= 1
    guard index < cells.count else { return note() }
    let cell = cells[index]
    for number in (0...14).shuffled(using: &random) {
      grid[cell.row][cell.column] = number
      if fits(cell) { explore(index + 1) }
    }
    grid[cell.row][cell.column] = -1
  }

  /// Whether no told sum is passed, or missed where all of it is known.
  private func fits(_ cell: ReportTable.Place) -> Bool {
    let all = grid.joined().filter { $0 >= 0 }.reduce(0, +)
    if let total = Self.known(masked, height, width), all > total { return false }
    let lines = [
      (Self.known(masked, cell.row, width), grid[cell.row]),
      (Self.known(masked, height, cell.column), grid.map { $0[cell.column] }),
    ]
    return lines.allSatisfy { total, numbers in
      guard let total else { return true }
      let sum = numbers.filter { $0 >= 0 }.reduce(0, +)
      return numbers.contains(-1) ? sum <= total : sum == total
    }
  }

  private mutating func note() {
    let all = grid.joined().reduce(0, +)
    if let total = Self.known(masked, height, width), total != all { return }
    for place in hidden {
      let rows = place.row == height ? grid : [grid[place.row]]
      let number = rows.reduce(0) { sum, row in
        sum + (place.column == width ? row.reduce(0, +) : row[place.column])
      }
      seen[place, default: []].insert(number)
    }
  }
}
