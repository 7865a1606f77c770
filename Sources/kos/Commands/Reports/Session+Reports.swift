import CRDT
import CaseModel

/// Showing reports: as a table, a picture, comma-separated values, or one object a row.
extension Session {
  /// Whether this replica holds all of a case, and not its milestones alone.
  func holdsWhole(_ stock: CaseStock) -> (Identifier) -> Bool {
    { id in stock.files[id].map { takesPart(in: $0) } ?? false }
  }

  /// Shows a table in the form that was asked for.
  ///
  /// - Parameter members: what programs are told in front of each row.
  func report(_ table: ReportTable, _ options: ReportOptions, _ members: [(String, JSON)]) throws {
    let table = options.shown(table)
    let stock = try replica.stock()
    if options.csv {
      writeValues(table, stock)
    } else if options.chart {
      draw(table, stock)
    } else {
      for row in table.rows { output.object(members + self.members(row, of: table, stock)) }
      let rows = table.rows.map { $0.map { text($0, stock) } }
      output.table(rows.isEmpty ? [] : [table.columns.map(output.label)] + rows, hasHeader: true)
    }
    if options.mask, !options.csv, !output.json { output.notice(output.say(.maskedReport)) }
  }

  /// Says in how many cases the report knows nothing, if there are any; of a masked one only that there are.
  func tellUntold(_ count: Int, isMasked: Bool = false) {
    guard count > 0 else { return }
    output.notice(isMasked ? output.say(.untoldSomeCases) : output.say(.untoldCases, String(count)))
  }

  /// The day and the period for programs.
  func members(_ period: ReportPeriod) -> [(String, JSON)] {
    [("at", JSON(period.end)), ("from", JSON(period.start))]
  }

  /// Columns that name persons: programs get ids, and names beside them.
  private static let persons: Set = ["coordinator", "decided_by"]

  private func members(_ row: [ReportTable.Cell], of table: ReportTable, _ stock: CaseStock) -> [(
    String, JSON
  )] {
    var members: [(String, JSON)] = []
    for (key, cell) in zip(table.columns, row) {
      switch cell {
      case .person(let id): members += [(key, JSON(id)), (key + "_name", .string(name(id, stock)))]
      case .code(let code) where Self.persons.contains(key):
        members += [(key, .null), (key + "_name", .string(code))]
      case .caseFile(let id): members += [(key, JSON(reference(id))), (key + "_id", JSON(id))]
      default: members.append((key, json(cell)))
      }
    }
    return members + [("masked", .array(Self.hidden(row, of: table)))]
  }

  private static func hidden(_ row: [ReportTable.Cell], of table: ReportTable) -> [JSON] {
    zip(table.columns, row).compactMap { key, cell in cell == .hidden ? .string(key) : nil }
  }

  /// A cell for programs.
  func json(_ cell: ReportTable.Cell) -> JSON {
    switch cell {
    case .label(let text), .code(let text): JSON(text)
    case .person(let id), .caseFile(let id): JSON(id)
    case .count(let number), .figure(let number): .integer(Int64(number))
    case .derived(.whole(let number), _), .extreme(.whole(let number)): .integer(Int64(number))
    case .derived(.hundredths(let number), _), .extreme(.hundredths(let number)): .hundredths(number)
    case .none, .hidden: .null
    }
  }

  /// A cell for people.
  func text(_ cell: ReportTable.Cell, _ stock: CaseStock) -> String {
    switch cell {
    case .label(let text): text.shown
    case .code(let code): output.label(code)
    case .person(let id): name(id, stock)
    case .caseFile(let id): reference(id) ?? short(id)
    case .count(let number), .figure(let number): String(number)
    case .derived(let quantity, _), .extreme(let quantity): text(quantity)
    case .none: "–"
    case .hidden: "*"
    }
  }

  /// A number as people here write it.
  func text(_ quantity: ReportTable.Quantity) -> String {
    guard output.language == .danish else { return quantity.text }
    return String(quantity.text.map { $0 == "." ? "," : $0 })
  }

  private func writeValues(_ table: ReportTable, _ stock: CaseStock) {
    var text = CommaSeparated.line(table.columns.map { .text($0) })
    for row in table.rows { text += CommaSeparated.line(row.map { field($0, stock) }) }
    Descriptor.write(text, to: 1)
  }

  private func field(_ cell: ReportTable.Cell, _ stock: CaseStock) -> CommaSeparated.Field {
    switch cell {
    case .label(let text), .code(let text): .text(text)
    case .person(let id): .text(name(id, stock))
    case .caseFile(let id): .text(reference(id) ?? short(id))
    case .count(let number), .figure(let number): .number(.whole(number))
    case .derived(let quantity, _), .extreme(let quantity): .number(quantity)
    case .none: .empty
    case .hidden: .text("*")
    }
  }

  private func draw(_ table: ReportTable, _ stock: CaseStock) {
    output.line(output.label(table.columns[table.charted]))
    let bars = table.rows.enumerated().map { place, row -> BarChart.Bar in
      let names = zip(table.columns, row).compactMap { column, cell -> String? in
        switch cell {
        case .label, .code, .person, .caseFile: text(cell, stock)
        case .figure where column == "measurement": text(cell, stock)
        default: nil
        }
      }
      let cell = row[table.charted]
      return BarChart.Bar(
        label: names.joined(separator: ", "), value: table.barLength(place), shown: text(cell, stock))
    }
    for line in BarChart.lines(bars) { output.line(line) }
  }
}
