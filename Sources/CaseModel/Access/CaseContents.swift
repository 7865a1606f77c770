import CRDT

/// What the governing records of one case say, by record.
struct CaseContents: Sendable, Hashable {
  /// The case's head; `nil` as long as it is not known.
  var head: RecordReference?
  /// The participations, ended ones too.
  var participants: [Identifier: Participation] = [:]
  /// The decided coordinator by allocation record.
  var allocations: [Identifier: Identifier?] = [:]
  var consents: [Identifier: Consent] = [:]
  var grounds: [Identifier: Ground] = [:]
  var releases: [Identifier: Release] = [:]
  var withholdings: [Identifier: Withholding] = [:]
  var reclassifications: [Identifier: Reclassification] = [:]
  var custodies: [Identifier: Custody] = [:]
  var glasses: [Identifier: BreakGlass] = [:]
  var erasures: [Identifier: Erasure] = [:]
  /// The audiences of protected contacts.
  var audiences: [Identifier: Audience] = [:]

  /// Takes in a governing record of the case. What does not say what it must gives nothing; a record that
  /// governs once and then does not say it any more is forgotten.
  mutating func update(with record: CaseRecord) {
    switch record.kind {
    case .case: head = record.reference
    case .allocation:
      allocations.updateValue(record.identifier(Field.Allocation.coordinator), forKey: record.id)
    case .participant: if let part = Participation(record) { participants[record.id] = part }
    case .consent: consents[record.id] = Consent(record)
    case .ground: grounds[record.id] = Ground(record)
    case .release: releases[record.id] = Release(record)
    case .withholding: withholdings[record.id] = Withholding(record)
    case .reclassification: reclassifications[record.id] = Reclassification(record)
    case .custody: custodies[record.id] = Custody(record)
    case .breakGlass: glasses[record.id] = BreakGlass(record)
    case .erasure: erasures[record.id] = Erasure(record)
    case .protectedContact: audiences[record.id] = Audience(record, .protectedContact)
    default: break
    }
  }
}
