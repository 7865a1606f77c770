/// Which unknown counts follow from sums whose other counts are known.
struct LinearSystem {
  /// The unknown counts that have one solution only, in order.
  let determined: [ReportTable.Place]

  /// A prime (2³¹ − 1): coefficients are 1 and −1, and what is computed modulo it needs no fractions.
  private static let prime = 2_147_483_647

  init(_ sums: [ReportTable.Sum], unknown: Set<ReportTable.Place>) {
    let places = unknown.sorted()
    let column = Dictionary(places.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var rows: [[Int]] = sums.compactMap { sum in
      var row = [Int](repeating: 0, count: places.count)
      if let place = column[sum.total] { row[place] = 1 }
      for part in sum.parts { if let place = column[part] { row[place] = Self.prime - 1 } }
      return row.contains { $0 != 0 } ? row : nil
    }
    // Reduced row echelon form (Gauss and Jordan).
    var pivots: [(row: Int, column: Int)] = []
    for column in places.indices {
      let first = pivots.count
      guard let pivot = rows.indices.dropFirst(first).first(where: { rows[$0][column] != 0 }) else {
        continue
      }
      rows.swapAt(first, pivot)
      let inverse = Self.inverse(of: rows[first][column])
      rows[first] = rows[first].map { $0 * inverse % Self.prime }
      for other in rows.indices where other != first && rows[other][column] != 0 {
        let factor = Self.prime - rows[other][column]
        for place in places.indices {
          rows[other][place] = (rows[other][place] + factor * rows[first][place]) % Self.prime
        }
      }
      pivots.append((first, column))
    }
    determined = pivots.compactMap { pivot in
      rows[pivot.row].count { $0 != 0 } == 1 ? places[pivot.column] : nil
    }
  }

  /// By Fermat's little theorem: xᵖ⁻².
  private static func inverse(of number: Int) -> Int {
    var (result, base, exponent) = (1, number % prime, prime - 2)
    while exponent > 0 {
      if exponent & 1 == 1 { result = result * base % prime }
      base = base * base % prime
      exponent >>= 1
    }
    return result
  }
}
