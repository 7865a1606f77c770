/// The status memo and the caseloads of its day as one table, with what is known of figures of both.
struct RelatedFigures {
  typealias Place = ReportTable.Place

  private var table: ReportTable
  private var places: [String: Place] = [:]
  private var chains: [[String]] = []
  /// Counts that no report tells: to hide them costs nothing.
  private var untold: Set<Place> = []

  init(_ memo: ReportTable, _ caseload: ReportTable) {
    table = memo
    table.append(caseload)
    for (row, cells) in memo.rows.enumerated() {
      if case .code(let key)? = cells.first { places[key] = Place(row: row, column: 1) }
    }
    for (column, key) in ["cases", "families", "children"].enumerated() {
      places["allocated_" + key] = Place(row: table.rows.count - 1, column: column + 1)
    }
  }

  /// Says which figures are the same, and which are parts of one another, the most telling in front.
  ///
  /// - Parameter isFromTheBeginning: whether the period has no beginning, so that who came to be enrolled in
  ///   it is who ever was.
  mutating func relate(isFromTheBeginning: Bool) {
    var same = [
      ("families_enrolled", "allocated_families"), ("children_enrolled", "allocated_children"),
    ]
    if isFromTheBeginning {
      same += ["families", "children"].map { ($0 + "_ever", $0 + "_enrolled_in_period") }
    }
    for (one, other) in same { addSum(one, of: [other].compactMap { places[$0] }) }
    chains = [
      [
        "families_ever", "families_enrolled", "allocated_cases", "families_offered", "families_accepted",
        "families_enrolled_in_period",
      ],
      ["children_ever", "children_enrolled", "children_enrolled_in_period"],
      ["families_discharged", "families_discharged_in_period"],
      ["children_discharged", "children_discharged_in_period"],
    ]
    if isFromTheBeginning {
      chains = chains.map { $0.filter { !$0.hasSuffix("_enrolled_in_period") } }
    }
    // Whoever was enrolled had said yes.
    if let ever = places["families_ever"], let difference = difference("families_accepted", "families_ever") {
      addSum("families_accepted", of: [ever, difference])
    }
  }

  /// The table with what is too near to another figure hidden, and what follows from that.
  func masked(below threshold: Int) -> ReportTable {
    var close: Set<Place> = []
    for chain in chains {
      var told = ToldApart(below: threshold)
      for place in chain.compactMap({ places[$0] }) {
        if let count = count(place), !told.tell(count) { close.insert(place) }
      }
    }
    return table.masked(below: threshold, besides: close, untold: untold)
  }

  /// What other reports may tell no number of families near to: what is told here, and what is hidden, which
  /// another report counts in its own way.
  func families(below threshold: Int) -> ToldApart {
    var told = ToldApart(below: threshold)
    for (key, place) in places where key.hasPrefix("families_") || key == "allocated_cases" {
      if let count = count(place) { told.avoid(count) }
    }
    return told
  }

  private func count(_ place: Place) -> Int? {
    if case .count(let count) = table[place] { return count }
    return nil
  }

  private mutating func addSum(_ total: String, of parts: [Place]) {
    if let total = places[total] { table.sums.append(ReportTable.Sum(total, of: parts)) }
  }

  /// A row of its own for how much more one figure is than another; `nil` when it is less.
  private mutating func difference(_ more: String, _ less: String) -> Place? {
    guard let one = places[more].flatMap(count), let other = places[less].flatMap(count), one >= other else {
      return nil
    }
    let place = table.next(0)
    table.rows.append([.count(one - other)])
    untold.insert(place)
    return place
  }
}

extension ReportTable {
  /// Puts another table's rows below, with what is known of them.
  fileprivate mutating func append(_ other: ReportTable) {
    let first = rows.count
    func moved(_ place: Place) -> Place { Place(row: place.row + first, column: place.column) }
    for row in other.rows {
      rows.append(
        row.map { cell in
          guard case .derived(let quantity, let places) = cell else { return cell }
          return .derived(quantity, from: places.map(moved))
        })
    }
    sums += other.sums.map { Sum(moved($0.total), of: $0.parts.map(moved)) }
  }
}
