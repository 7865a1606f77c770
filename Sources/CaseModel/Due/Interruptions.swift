/// The times in which the work stood still (R64), such as the spring of 2020.
public struct Interruptions: Sendable, Hashable {
  /// Nothing stood still.
  public static let none = Interruptions([])

  /// Apart from each other, in order.
  private let spans: [DaySpan]

  /// Takes times that may overlap.
  ///
  /// - Complexity: O(n log n)
  public init(_ spans: [DaySpan]) {
    var apart: [DaySpan] = []
    for span in spans.sorted(by: { $0.first < $1.first }) {
      let end = span.last ?? .max
      guard let before = apart.last, span.first <= before.last ?? .max else {
        apart.append(span)
        continue
      }
      let joined = max(before.last ?? .max, end)
      let last: CalendarDay? = joined == .max ? nil : joined
      apart[apart.count - 1] = DaySpan(from: before.first, through: last) ?? before
    }
    self.spans = apart
  }

  /// Reads them from the register's records; one without a first day says nothing.
  public init(_ stock: CaseStock) { self.init(register: stock.register) }

  init(register: [RecordKind: [CaseRecord]]) {
    self.init(
      (register[.interruption] ?? []).compactMap { record in
        guard let first = record.day(Field.Interruption.fromDay) else { return nil }
        return DaySpan(from: first, through: record.day(Field.Interruption.untilDay))
      })
  }

  /// On how many days from one to another, both included, the work stood still.
  ///
  /// - Complexity: O(interruptions)
  func days(from first: CalendarDay, through last: CalendarDay) -> Int {
    spans.reduce(0) { sum, span in
      let (start, end) = (max(first, span.first), min(last, span.last ?? .max))
      return start <= end ? sum + end.days(since: start) + 1 : sum
    }
  }

  /// Whether they excuse that something was not done in that time: the work stood still on at least half of
  /// its days.
  func excuse(from first: CalendarDay, through last: CalendarDay) -> Bool {
    days(from: first, through: last) * 2 >= last.days(since: first) + 1
  }
}
