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
  var transfers: [Identifier: Transfer] = [:]
  var decisions: [Identifier: Decision] = [:]
  /// What each arrival confirms.
  var arrivals: [Identifier: Set<Identifier>] = [:]
  /// What gives rights and came from another tenant, and nobody here confirmed.
  var suspended: [Identifier: CaseRecord] = [:]
  /// The audiences of protected contacts.
  var audiences: [Identifier: Audience] = [:]

  /// Takes in a governing record of the case. What does not say what it must gives nothing; a record that
  /// governs once and then does not say it any more is forgotten.
  ///
  /// - Parameter isFromElsewhere: whether another tenant's people created it. What gives rights waits then
  ///   until an arrival confirms it (R51); what takes them holds.
  mutating func update(with record: CaseRecord, isFromElsewhere: Bool = false) {
    guard isFromElsewhere else { return take(record) }
    // Where the case went, and what it had confirmed, was another tenant's to say: nobody confirms it.
    if record.kind == .transfer || record.kind == .arrival { return suspended[record.id] = record }
    // Who opened it there has no right to take part first here.
    if record.kind == .case { return head = record.reference.withoutCreator }
    // Who proposed it there is unknown here, and what is gone there stays so.
    if record.kind == .erasure {
      return erasures[record.id] = Erasure(record, isFromElsewhere: true)
    }
    if record.kind.givesRights, !isConfirmed(record.id) {
      suspended[record.id] = record
    } else {
      take(record)
    }
  }

  private func isConfirmed(_ record: Identifier) -> Bool {
    arrivals.values.contains { $0.contains(record) }
  }

  private mutating func takeArrival(_ record: CaseRecord) {
    let confirmed = Set(record.identifiers(Field.Arrival.confirmed))
    arrivals[record.id] = confirmed
    for id in confirmed.sorted() where suspended[id]?.kind.givesRights == true {
      if let waiting = suspended.removeValue(forKey: id) { take(waiting) }
    }
  }

  /// Takes in what counts.
  mutating func take(_ record: CaseRecord) {
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
    case .transfer: transfers[record.id] = Transfer(record)
    case .arrival: takeArrival(record)
    case .decision: decisions[record.id] = Decision(record)
    case .protectedContact: audiences[record.id] = Audience(record, .protectedContact)
    default: break
    }
  }
}

extension RecordKind {
  /// Whether records of this kind let somebody read or decide what she could not without them.
  var givesRights: Bool {
    switch self {
    case .participant, .allocation, .consent, .ground, .release, .custody, .breakGlass: true
    default: false
    }
  }
}
