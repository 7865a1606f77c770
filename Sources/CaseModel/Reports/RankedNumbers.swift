/// Numbers in order, of which quantiles are told by nearest rank: each is one of the numbers, and of an even
/// count the median is the lower one of the middle two.
public struct RankedNumbers: Sendable, Hashable {
  private let numbers: [Int]

  /// Puts numbers in order.
  ///
  /// - Complexity: O(n log n)
  public init(_ numbers: some Sequence<Int>) { self.numbers = numbers.sorted() }

  /// How many there are.
  public var count: Int { numbers.count }
  /// The lowest; `nil` of none.
  public var lowest: Int? { numbers.first }
  /// The highest; `nil` of none.
  public var highest: Int? { numbers.last }
  /// The median; `nil` of none.
  public var median: Int? { quantile(percent: 50) }

  /// The lowest number that so many percent (1–100) of all do not exceed; `nil` of none.
  public func quantile(percent: Int) -> Int? {
    guard !numbers.isEmpty else { return nil }
    let rank = (numbers.count * min(max(percent, 1), 100) + 99) / 100
    return numbers[max(rank, 1) - 1]
  }
}
