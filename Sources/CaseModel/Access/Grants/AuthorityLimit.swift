import CRDT

/// Up to which amount a role or a person decides on a matter, as its record in the register says it (R70).
struct AuthorityLimit: Sendable, Hashable {
  /// Whose limit, by role.
  let role: Role?
  /// Whose limit, by name.
  let person: Identifier?
  /// What is decided on.
  let matter: String
  /// Up to which amount.
  let amount: Int64
  /// When it is in force.
  let period: Period
  /// Whether a second leader confirmed it and nobody ended it.
  let isStanding: Bool

  /// Reads a limit; `nil` when it does not say whose, on what, and how much.
  init?(_ record: CaseRecord) {
    guard let matter = record.text(Field.AuthorityLimit.matter), !matter.isEmpty,
      let amount = record.integer(Field.AuthorityLimit.amount), amount >= 0
    else { return nil }
    self.matter = matter
    self.amount = amount
    role = record.integer(Field.AuthorityLimit.role).flatMap(UInt32.init(exactly:)).map(Role.init(rawValue:))
    person = record.identifier(Field.AuthorityLimit.person)
    period = Period(
      start: record.integer(Field.AuthorityLimit.validFrom),
      end: record.integer(Field.AuthorityLimit.validUntil))
    isStanding =
      record.isConfirmedBySecond(Field.AuthorityLimit.confirmedBy)
      && !record.hasElements(Field.AuthorityLimit.ended)
    if role == nil && person == nil || !period.isPossible { return nil }
  }
}
