import CRDT

/// An organisation's word that a person works for it, as its record says it.
struct Vouching: Sendable, Hashable {
  /// Which organisation.
  let organisation: Identifier
  /// For whom.
  let person: Identifier
  /// From when on, and until when it was confirmed.
  let period: Period
  /// Whether it was taken back.
  let isEnded: Bool

  /// Reads a vouching; `nil` when it does not say who vouches for whom, by whose word and until when, or when
  /// that is the person's own.
  init?(_ record: CaseRecord) {
    guard let organisation = record.identifier(Field.Vouching.organisation),
      let person = record.identifier(Field.Vouching.person),
      let voucher = record.identifier(Field.Vouching.voucher), voucher != person,
      let start = record.integer(Field.Vouching.startsAt),
      let end = record.integer(Field.Vouching.confirmedUntil)
    else { return nil }
    self.organisation = organisation
    self.person = person
    period = Period(start: start, end: end)
    isEnded = record.hasElements(Field.Vouching.ended)
  }

  /// Whether the organisation vouches at an instant.
  func stands(at instant: Int64) -> Bool { !isEnded && period.contains(instant) }
}
