/// The place of a goal in an order of goals, as the family gives it or the team expects it (R54, R55).
enum Priority {
  /// 1 is first, and there is nothing before it. Nobody has a hundred goals: a larger number is a slip of the
  /// keys.
  static let range = 1...99

  /// Refuses numbers that are no place; one that is not given is none.
  static func check(_ ranks: Int?...) throws {
    for rank in ranks {
      guard let rank, !range.contains(rank) else { continue }
      throw Failure(.usage, .rankOutside, String(rank), String(range.upperBound))
    }
  }
}
