import CRDT

/// Reading one case without taking part in it, as a break-glass record says it.
struct BreakGlass: Sendable, Hashable {
  /// How long it lasts: four hours.
  static let length: Int64 = 4 * 3_600_000

  /// Who broke the glass: whoever created the record.
  let person: Identifier
  /// When it gives access.
  let period: Period
  /// Whether it was ended before its time.
  let isEnded: Bool

  /// Reads a break-glass; `nil` when it does not say why or by whom, or before the server received it.
  init?(_ record: CaseRecord) {
    guard let person = record.creator, record.text(Field.BreakGlass.reason)?.isEmpty == false,
      let start = record.state.decided(Field.BreakGlass.reason.id)?.context.receivedAt
    else { return nil }
    self.person = person
    period = Period(start: start, end: nil).limited(to: Self.length)
    isEnded = record.hasElements(Field.BreakGlass.ended)
  }

  /// Whether it gives access at an instant.
  func stands(at instant: Int64) -> Bool { !isEnded && period.contains(instant) }
}
