import CRDT

/// What a legal basis allows, as its record in the register says it: data, since the law changes.
struct LegalBasis: Sendable, Hashable {
  /// Who may invoke it, by role.
  let roles: [Role]
  /// Who may invoke it, by name.
  let persons: [Identifier]
  /// For which information types.
  let types: [InformationType]
  /// For how many milliseconds at most.
  let lengthMax: Int64
  /// When it is in force.
  let period: Period
  /// Whether it was ended.
  let isEnded: Bool

  /// Reads a legal basis; `nil` when it does not say what it must.
  init?(_ record: CaseRecord) {
    guard record.text(Field.LegalBasis.code)?.isEmpty == false,
      let days = record.integer(Field.LegalBasis.daysMax), days > 0
    else { return nil }
    roles = record.roles(Field.LegalBasis.roles)
    persons = record.identifiers(Field.LegalBasis.persons)
    types = record.informationTypes(Field.LegalBasis.types)
    let (length, overflows) = days.multipliedReportingOverflow(by: 86_400_000)
    lengthMax = overflows ? .max : length
    period = Period(
      start: record.integer(Field.LegalBasis.validFrom), end: record.integer(Field.LegalBasis.validUntil))
    isEnded = record.hasElements(Field.LegalBasis.ended)
    if types.isEmpty || roles.isEmpty && persons.isEmpty || !period.isPossible { return nil }
  }

  /// Whether it may be relied on at an instant.
  func isInForce(at instant: Int64) -> Bool { !isEnded && period.contains(instant) }

  /// Whether it allows a ground at all: for these types and no longer than this.
  func allows(_ ground: Ground, at instant: Int64) -> Bool {
    let period = ground.provision.period
    return isInForce(at: instant) && ground.provision.types.allSatisfy(types.contains)
      && period.limited(to: lengthMax) == period
  }
}
