/// What turns one list into another: parts that are replaced, the rest being the same.
struct Difference {
  /// A part of the old list and what stands in its place in the new one.
  struct Part: Hashable {
    var old: Range<Int>
    var new: Range<Int>
  }

  /// The parts in order; none touches the next.
  private(set) var parts: [Part] = []

  /// Finds a shortest difference (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986). Where
  /// more than `editsMax` insertions and deletions are needed, all between the common beginning and end is
  /// one part.
  ///
  /// - Complexity: O((n + d) × d) time and O(d²) space, d being at most `editsMax`.
  init(_ old: [Int], _ new: [Int], editsMax: Int) {
    var start = 0
    while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
    var (oldEnd, newEnd) = (old.count, new.count)
    while oldEnd > start, newEnd > start, old[oldEnd - 1] == new[newEnd - 1] {
      oldEnd -= 1
      newEnd -= 1
    }
    if oldEnd == start, newEnd == start { return }
    let middle = (old[start..<oldEnd], new[start..<newEnd])
    guard oldEnd > start, newEnd > start, let traces = Self.traces(middle.0, middle.1, editsMax) else {
      parts = [Part(old: start..<oldEnd, new: start..<newEnd)]
      return
    }
    collect(traces, middle.0.count, middle.1.count, start)
  }

  /// Makes one of two parts between which fewer than `count` elements are the same: what a person wrote anew
  /// is not torn up because letters of it were there before.
  mutating func join(across count: Int) {
    var joined: [Part] = []
    for part in parts {
      if let last = joined.last, part.old.lowerBound - last.old.upperBound < count {
        joined[joined.count - 1] = Part(
          old: last.old.lowerBound..<part.old.upperBound, new: last.new.lowerBound..<part.new.upperBound)
      } else {
        joined.append(part)
      }
    }
    parts = joined
  }

  /// For each number of edits how far each diagonal is reached; `nil` when it is more than `editsMax`.
  private static func traces(_ old: ArraySlice<Int>, _ new: ArraySlice<Int>, _ editsMax: Int) -> [[Int]]? {
    var traces: [[Int]] = []
    var reached = [Int](repeating: 0, count: 2 * editsMax + 3)
    for edits in 0...editsMax {
      traces.append(Array(reached[(editsMax + 1 - edits)...(editsMax + 1 + edits)]))
      for diagonal in stride(from: -edits, through: edits, by: 2) {
        let place = editsMax + 1 + diagonal
        let isDown = diagonal == -edits || diagonal != edits && reached[place - 1] < reached[place + 1]
        var column = isDown ? reached[place + 1] : reached[place - 1] + 1
        var row = column - diagonal
        while column < old.count, row < new.count, old[old.startIndex + column] == new[new.startIndex + row] {
          column += 1
          row += 1
        }
        reached[place] = column
        if column >= old.count, row >= new.count { return traces }
      }
    }
    return nil
  }

  /// Walks back over the traces.
  private mutating func collect(_ traces: [[Int]], _ oldCount: Int, _ newCount: Int, _ start: Int) {
    var (column, row) = (oldCount, newCount)
    var edits: [Part] = []
    for count in stride(from: traces.count - 1, to: 0, by: -1) {
      let trace = traces[count]
      let diagonal = column - row
      let isDown =
        diagonal == -count
        || diagonal != count && trace[count + diagonal - 1] < trace[count + diagonal + 1]
      let before = diagonal + (isDown ? 1 : -1)
      let beforeColumn = trace[count + before]
      let beforeRow = beforeColumn - before
      edits.append(
        isDown
          ? Part(
            old: start + beforeColumn..<start + beforeColumn, new: start + beforeRow..<start + beforeRow + 1)
          : Part(
            old: start + beforeColumn..<start + beforeColumn + 1, new: start + beforeRow..<start + beforeRow))
      (column, row) = (beforeColumn, beforeRow)
    }
    parts = edits.reversed()
    join(across: 1)
  }
}
