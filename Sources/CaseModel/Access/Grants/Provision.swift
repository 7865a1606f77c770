import CRDT

/// To whom, about whom, what, for what purpose and how long: what consents and other legal bases have in
/// common (FHIR `Consent.provision`).
struct Provision: Sendable, Hashable {
  /// The person, or the organisation that vouches for persons, that it gives access to.
  let recipient: Identifier
  /// The persons whose data it covers.
  let subjects: [Identifier]
  /// The information types that it covers.
  let types: [InformationType]
  /// What the information is for.
  let purpose: String
  /// When it holds.
  let period: Period
  /// Records that the server received before are not covered.
  let horizon: Int64?

  /// Reads a provision by the fields of its kind; `nil` when it does not say what it must. Without a
  /// beginning and an end it gives nothing: consent for ever is none.
  init?(_ record: CaseRecord, _ fields: Fields) {
    guard let recipient = record.identifier(fields.recipient), let purpose = record.text(fields.purpose),
      let start = record.integer(fields.startsAt), let end = record.integer(fields.endsAt), start < end
    else { return nil }
    self.recipient = recipient
    self.purpose = purpose
    subjects = record.identifiers(fields.subjects)
    types = record.informationTypes(fields.types)
    period = Period(start: start, end: end)
    horizon = record.integer(fields.horizon)
    if subjects.isEmpty || types.isEmpty || purpose.isEmpty { return nil }
  }

  /// The first instant after another from which on it may cover something else: a record that is being
  /// created is received at the instant that is asked for.
  func change(after instant: Int64) -> Int64? {
    Period.earliest([period.start, period.end, horizon], after: instant)
  }

  /// Whether it names all that a record needs; a record that is about nobody is never covered.
  func names(_ coverage: Coverage) -> Bool {
    if let horizon, coverage.receivedAt < horizon { return false }
    return !coverage.about.isEmpty && coverage.about.allSatisfy(subjects.contains)
      && !coverage.types.isEmpty && coverage.types.allSatisfy(types.contains)
  }
}

extension Provision {
  /// The fields of a kind that holds a provision.
  struct Fields: Sendable {
    let recipient: FieldDefinition
    let subjects: FieldDefinition
    let types: FieldDefinition
    let purpose: FieldDefinition
    let startsAt: FieldDefinition
    let endsAt: FieldDefinition
    let horizon: FieldDefinition

    static let consent = Fields(
      recipient: Field.Consent.recipient, subjects: Field.Consent.subjects, types: Field.Consent.types,
      purpose: Field.Consent.purpose, startsAt: Field.Consent.startsAt, endsAt: Field.Consent.endsAt,
      horizon: Field.Consent.horizon)
    static let ground = Fields(
      recipient: Field.Ground.recipient, subjects: Field.Ground.subjects, types: Field.Ground.types,
      purpose: Field.Ground.purpose, startsAt: Field.Ground.startsAt, endsAt: Field.Ground.endsAt,
      horizon: Field.Ground.horizon)
  }
}

extension CaseRecord {
  /// The information types of a set; a number that names none is left out.
  func informationTypes(_ field: FieldDefinition) -> [InformationType] {
    integers(field).compactMap { UInt32(exactly: $0).map(InformationType.init(rawValue:)) }
  }

  /// The roles of a set; a number that names none is left out.
  func roles(_ field: FieldDefinition) -> [Role] {
    integers(field).compactMap { UInt32(exactly: $0).map(Role.init(rawValue:)) }
  }
}
