import CRDT

/// How a record is classified anew, as a reclassification says it.
struct Reclassification: Sendable, Hashable {
  /// Which record.
  let record: Identifier
  /// Whose data it holds; none named means those of its header.
  let about: [Identifier]
  /// Of what types it is; none named means that of its header.
  let types: [InformationType]
  /// Who alone may read it.
  let audience: Audience

  /// Reads a reclassification; `nil` when it does not say of what.
  init?(_ record: CaseRecord) {
    guard let target = record.identifier(Field.Reclassification.record) else { return nil }
    self.record = target
    about = record.identifiers(Field.Reclassification.about)
    types = record.informationTypes(Field.Reclassification.types)
    audience = Audience(record, .reclassification)
  }
}
