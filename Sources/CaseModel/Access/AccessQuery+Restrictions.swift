import CRDT

/// What takes access away, whatever gives it.
extension AccessQuery {
  /// Whether the record is withheld from the person: it itself, someone whom it is about, or the whole case.
  /// A withholding against her is withheld from her too.
  func isWithheld(in governance: CaseGovernance) -> Bool {
    if record.kind == .withholding, governance.contents.withholdings[record.id]?.person == person {
      return true
    }
    let all = governance.index.withheld
    guard !all.isEmpty, let withheld = all[person] else { return false }
    if withheld.isWholeCase || withheld.records.contains(record.id) { return true }
    if withheld.subjects.isEmpty { return false }
    // Whom the header names counts too: who classifies a record anew does not lift what is withheld from her.
    if record.about.contains(where: withheld.subjects.contains) { return true }
    return governance.index.reclassified[record.id]?.contains {
      $0.about.contains(where: withheld.subjects.contains)
    } == true
  }

  /// Whether a reclassification closes the record to the person. Who wrote it is never shut out.
  func isOutsideAudience(in governance: CaseGovernance) -> Bool {
    let all = governance.index.reclassified
    guard !all.isEmpty, let classified = all[record.id] else { return false }
    if classified.allSatisfy(\.audience.isEmpty) || record.creator == person { return false }
    var own = state.standingParts(of: person, in: governance, at: instant).map(\.role)
    if role == .leader { own.append(.leader) }
    return !classified.allSatisfy { $0.audience.admits(person, own) }
  }

  /// What a ground must cover of the record.
  ///
  /// For the municipality's own staff what the header says counts beside the reclassification: staff
  /// classify, and nobody gives rights to himself.
  func coverage(in governance: CaseGovernance) -> Coverage {
    var coverage = Coverage(
      about: record.about, types: [record.informationType], receivedAt: record.receivedAt ?? instant)
    guard let classified = governance.index.reclassified[record.id] else { return coverage }
    let about = classified.flatMap(\.about)
    let types = classified.flatMap(\.types)
    if !about.isEmpty { coverage.about = role.isStaff ? record.about + about : about }
    if !types.isEmpty { coverage.types = role.isStaff ? [record.informationType] + types : types }
    return coverage
  }
}
