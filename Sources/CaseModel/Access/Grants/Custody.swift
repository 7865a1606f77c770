import CRDT

/// Who holds custody of whom, and so is a grantor for her; an adult holds her own.
struct Custody: Sendable, Hashable {
  /// Codes of `Field.Custody.status`.
  enum Status {
    /// It holds, as far as its period says.
    static let standing = "standing"
    /// It does not hold any more.
    static let ended = "ended"
  }

  /// Whose custody.
  let subject: Identifier
  /// Who holds it.
  let holder: Identifier
  /// When it holds.
  let period: Period
  /// Whether it holds, as far as its period says.
  let isStanding: Bool

  /// Reads a custody; `nil` when it does not say who holds it of whom, and where that is known from.
  ///
  /// One without a status that is known stands: that a holder is not counted could make a consent complete.
  init?(_ record: CaseRecord) {
    guard let subject = record.identifier(Field.Custody.subject),
      let holder = record.identifier(Field.Custody.holder),
      record.text(Field.Custody.source)?.isEmpty == false
    else { return nil }
    self.subject = subject
    self.holder = holder
    period = Period(
      start: record.integer(Field.Custody.startsAt), end: record.integer(Field.Custody.endsAt))
    isStanding = record.text(Field.Custody.status) != Status.ended
  }

  /// Whether the holder is a grantor at an instant.
  func stands(at instant: Int64) -> Bool { isStanding && period.contains(instant) }
}
