import CRDT

/// A release to one named parent, as its record says it (R19).
struct Release: Sendable, Hashable {
  /// To whom.
  let person: Identifier
  /// What, by record.
  let records: [Identifier]
  /// What, by information type.
  let types: [InformationType]
  /// The persons whose data it covers.
  let subjects: [Identifier]
  /// When it holds.
  let period: Period
  /// Records received before are released only by name.
  let horizon: Int64?
  /// Whether it was ended.
  let isEnded: Bool

  /// Reads a release; `nil` when it does not say to whom, what, and about whom.
  init?(_ record: CaseRecord) {
    guard let person = record.identifier(Field.Release.person) else { return nil }
    self.person = person
    records = record.identifiers(Field.Release.records)
    types = record.informationTypes(Field.Release.types)
    subjects = record.identifiers(Field.Release.subjects)
    period = Period(
      start: record.integer(Field.Release.startsAt), end: record.integer(Field.Release.endsAt))
    horizon = record.integer(Field.Release.horizon)
    isEnded = record.hasElements(Field.Release.ended)
    if subjects.isEmpty || records.isEmpty && types.isEmpty || !period.isPossible { return nil }
  }

  /// Whether it stands and covers a record: by name or by type, and every person that it is about.
  func covers(_ id: Identifier, _ coverage: Coverage, at instant: Int64) -> Bool {
    guard !isEnded, period.contains(instant), !coverage.about.isEmpty,
      coverage.about.allSatisfy(subjects.contains)
    else { return false }
    if records.contains(id) { return true }
    if let horizon, coverage.receivedAt < horizon { return false }
    return !coverage.types.isEmpty && coverage.types.allSatisfy(types.contains)
  }
}
