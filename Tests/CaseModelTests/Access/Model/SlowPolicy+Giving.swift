import CRDT
import CaseModel

/// What gives access: types, consents, legal bases and releases.
extension SlowPolicy {
  func reachesAll(_ role: Role, _ ref: RecordReference, _ t: Int64) -> Bool {
    let anew = classifications(ref).flatMap { types($0, Field.Reclassification.types) }
    return ([ref.informationType] + anew).allSatisfy { reaches(role, $0, t) }
  }

  private func reaches(_ role: Role, _ type: InformationType, _ t: Int64) -> Bool {
    let usual = role.isStaff || role == .analysisTeam && type != .economy && type != .employment
    let begun = all(.informationType, nil).filter {
      $0.integer(Field.InformationType.number) == Int64(type.rawValue)
        && ($0.integer(Field.InformationType.validFrom) ?? .min) <= t
    }
    let inForce = begun.filter {
      !$0.hasElements(Field.InformationType.ended)
        && isWithin(nil, $0.integer(Field.InformationType.validUntil), t)
    }
    if begun.isEmpty { return usual }
    return !inForce.isEmpty
      && inForce.allSatisfy { entry in
        let roles = numbers(entry, Field.InformationType.roles)
        let confirmer = entry.identifier(Field.InformationType.confirmedBy)
        let isConfirmed = confirmer != nil && entry.creator != nil && confirmer != entry.creator
        return roles.isEmpty ? usual : roles.contains(role) && (role != .leader || isConfirmed)
      }
  }

  private func needed(_ ref: RecordReference, _ role: Role) -> (Set<Identifier>, Set<InformationType>) {
    var about = Set(classifications(ref).flatMap { $0.identifiers(Field.Reclassification.about) })
    var types = Set(classifications(ref).flatMap { self.types($0, Field.Reclassification.types) })
    if about.isEmpty || role.isStaff { about.formUnion(ref.about) }
    if types.isEmpty || role.isStaff { types.insert(ref.informationType) }
    return (about, types)
  }

  func grounded(
    _ recipients: [Identifier], _ ref: RecordReference, _ role: Role, _ t: Int64
  ) -> AccessVerdict {
    for recipient in recipients {
      if all(.consent, ref.caseID).contains(where: { consents($0, recipient, ref, role, t) }) {
        return .allowed(.consent)
      }
      if all(.ground, ref.caseID).contains(where: { grounds($0, recipient, ref, role, t) }) {
        return .allowed(.legalBasis)
      }
    }
    return .denied(.noGround)
  }

  private func consents(
    _ record: CaseRecord, _ recipient: Identifier, _ ref: RecordReference, _ role: Role, _ t: Int64
  ) -> Bool {
    let (about, types) = needed(ref, role)
    let signed = Set(record.identifiers(Field.Consent.signatures))
    let required = Set(record.identifiers(Field.Consent.required))
    guard record.identifier(Field.Consent.recipient) == recipient, !about.isEmpty,
      record.text(Field.Consent.purpose)?.isEmpty == false, record.text(Field.Consent.form)?.isEmpty == false,
      record.identifier(Field.Consent.evidence) != nil, !record.hasElements(Field.Consent.withdrawals),
      let start = record.integer(Field.Consent.startsAt), let end = record.integer(Field.Consent.endsAt),
      start <= t, t < end, (record.integer(Field.Consent.horizon) ?? .min) <= ref.receivedAt ?? t,
      about.isSubset(of: record.identifiers(Field.Consent.subjects)),
      types.isSubset(of: self.types(record, Field.Consent.types)), required.isSubset(of: signed)
    else { return false }
    return about.allSatisfy { subject in
      let grantors = grantors(of: subject, in: ref.caseID, t)
      if grantors.isEmpty { return false }
      let named = grantors.intersection(required)
      return (named.isEmpty ? grantors : named).isSubset(of: signed)
    }
  }

  func grantors(of subject: Identifier, in caseID: Identifier?, _ t: Int64) -> Set<Identifier> {
    Set(
      all(.custody, caseID).filter {
        $0.identifier(Field.Custody.subject) == subject && $0.text(Field.Custody.status) != "ended"
          && $0.text(Field.Custody.source)?.isEmpty == false
          && isWithin($0.integer(Field.Custody.startsAt), $0.integer(Field.Custody.endsAt), t)
      }.compactMap { $0.identifier(Field.Custody.holder) })
  }

  private func grounds(
    _ record: CaseRecord, _ recipient: Identifier, _ ref: RecordReference, _ role: Role, _ t: Int64
  ) -> Bool {
    let (about, types) = needed(ref, role)
    guard record.identifier(Field.Ground.recipient) == recipient, !about.isEmpty,
      record.text(Field.Ground.purpose)?.isEmpty == false, !record.hasElements(Field.Ground.ended),
      let start = record.integer(Field.Ground.startsAt), let end = record.integer(Field.Ground.endsAt),
      start <= t, t < end, (record.integer(Field.Ground.horizon) ?? .min) <= ref.receivedAt ?? t,
      about.isSubset(of: record.identifiers(Field.Ground.subjects)),
      types.isSubset(of: self.types(record, Field.Ground.types)),
      let basis = all(.legalBasis, nil).first(where: { $0.id == record.identifier(Field.Ground.basis) }),
      isInForce(basis, t), types.isSubset(of: self.types(basis, Field.LegalBasis.types))
    else { return false }
    return t < start + 24 * Self.hour * (basis.integer(Field.LegalBasis.daysMax) ?? 0)
  }

  func isInForce(_ basis: CaseRecord, _ t: Int64) -> Bool {
    !basis.hasElements(Field.LegalBasis.ended)
      && isWithin(basis.integer(Field.LegalBasis.validFrom), basis.integer(Field.LegalBasis.validUntil), t)
  }

  func isGrantor(_ p: Identifier, _ ref: RecordReference, _ t: Int64) -> Bool {
    guard let record = all(.consent, ref.caseID).first(where: { $0.id == ref.id }), ref.kind == .consent
    else {
      return false
    }
    return record.identifiers(Field.Consent.required).contains(p)
      || record.identifiers(Field.Consent.signatures).contains(p)
      || record.identifiers(Field.Consent.subjects).contains {
        grantors(of: $0, in: ref.caseID, t).contains(p)
      }
  }

  func isReleased(_ ref: RecordReference, to p: Identifier, _ role: Role, _ t: Int64) -> Bool {
    let (about, types) = needed(ref, role)
    return all(.release, ref.caseID).contains { record in
      let isByName = record.identifiers(Field.Release.records).contains(ref.id)
      let isByType =
        types.isSubset(of: self.types(record, Field.Release.types))
        && (record.integer(Field.Release.horizon) ?? .min) <= ref.receivedAt ?? t
      return record.identifier(Field.Release.person) == p && !record.hasElements(Field.Release.ended)
        && isWithin(record.integer(Field.Release.startsAt), record.integer(Field.Release.endsAt), t)
        && !about.isEmpty && about.isSubset(of: record.identifiers(Field.Release.subjects))
        && (isByName || isByType)
    }
  }
}
