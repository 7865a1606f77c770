/// Figures of one population that may be told side by side: of any two of them the difference is a count too,
/// such as the families that were asked and are not enrolled, and must not be a small one.
struct ToldApart: Sendable {
  private let threshold: Int
  private var told: [Int] = []

  init(below threshold: Int) { self.threshold = threshold }

  /// Whether a count is as far from all that is told as a count has to be from nothing.
  func isApart(_ count: Int) -> Bool { told.allSatisfy { abs($0 - count) >= threshold } }

  /// Tells a count; `false` when it is too near to one that is told. A small one is hidden for itself.
  mutating func tell(_ count: Int) -> Bool {
    guard count >= threshold else { return true }
    guard isApart(count) else { return false }
    told.append(count)
    return true
  }

  /// Tells nothing near to a count, as if it were told.
  mutating func avoid(_ count: Int) { if count >= threshold { told.append(count) } }
}
