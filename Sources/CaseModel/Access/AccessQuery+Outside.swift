import CRDT

/// Those who take part and are not the case's staff: they need a ground that covers the record.
extension AccessQuery {
  /// What each of them may create: what she has to say, and nothing that decides.
  static let outsideKinds: [Role: Set<RecordKind>] = [
    .analysisTeam: [.note, .contact, .attachment], .involvedProfessional: [.note, .contact, .attachment],
    .parent: [.note, .attachment, .protectedContact],
  ]

  /// Reading, by whichever part of the person's allows it. No ground covers what gives and takes access: it
  /// is the staff's, and a consent its grantors'.
  func outsideReadVerdict(_ governance: CaseGovernance) -> AccessVerdict {
    var reason = AccessRule.noParticipation
    for part in governance.index.parts[person, default: []] {
      guard isOutside(part, in: governance) else { continue }
      let verdict =
        part.role == .parent
        ? parentReadVerdict(governance)
        : GoverningRule.of(record.kind) == nil ? professionalVerdict(part, governance) : .denied(.noGround)
      if verdict.isAllowed { return verdict }
      reason = verdict.rule
    }
    return .denied(reason)
  }

  /// Creating: of the kinds that are hers, and as a professional with a ground that covers it.
  func outsideCreateVerdict(_ governance: CaseGovernance) -> AccessVerdict {
    var reason = AccessRule.noParticipation
    for part in governance.index.parts[person, default: []] {
      guard isOutside(part, in: governance) else { continue }
      guard Self.outsideKinds[part.role, default: []].contains(record.kind) else {
        reason = .roleInsufficient
        continue
      }
      if part.role == .parent { return .allowed(.ownRecord) }
      let verdict = professionalVerdict(part, governance)
      if verdict.isAllowed { return verdict }
      reason = verdict.rule
    }
    return .denied(reason)
  }

  /// Changing: of what she created of the kinds that are hers, as long as she may read it.
  func outsideWriteVerdict(_ governance: CaseGovernance) -> AccessVerdict {
    let kinds = governance.index.parts[person, default: []].filter { isOutside($0, in: governance) }
      .flatMap { Self.outsideKinds[$0.role, default: []] }
    if kinds.isEmpty { return .denied(.noParticipation) }
    return record.creator == person && kinds.contains(record.kind)
      ? .allowed(.ownRecord) : .denied(.readOnly)
  }

  /// Whether a participation counts as one from outside the staff. A reporter's is under her alias alone.
  private func isOutside(_ part: Participation, in governance: CaseGovernance) -> Bool {
    Self.outsideKinds[part.role] != nil && part.stands(at: instant) && role.mayTakePart(as: part.role)
      && !governance.isWithheld(from: person)
  }

  /// The analysis team has the authority's own basis for what its meetings need. All other professionals need
  /// a consent or another legal basis, and their organisation's word.
  private func professionalVerdict(_ part: Participation, _ governance: CaseGovernance) -> AccessVerdict {
    if part.role == .analysisTeam, !record.about.isEmpty, reachesTypes(as: .analysisTeam, in: governance) {
      return .allowed(.analysisTeam)
    }
    // Staff say who consented to what; so no consent gives them anything.
    if role.isStaff { return .denied(.noGround) }
    if part.role == .involvedProfessional, !state.isVouchedFor(part, at: instant) {
      return .denied(.notVouchedFor)
    }
    if isStillWeighed(in: governance) { return .denied(.noGround) }
    let coverage = coverage(in: governance)
    if let rule = ground(for: person, coverage, governance) { return .allowed(rule) }
    if let organisation = part.organisation, part.role == .involvedProfessional,
      let rule = ground(for: organisation, coverage, governance)
    {
      return .allowed(rule)
    }
    return .denied(.noGround)
  }

  /// The ground that covers a record for a recipient.
  private func ground(
    for recipient: Identifier, _ coverage: Coverage, _ governance: CaseGovernance
  ) -> AccessRule? {
    let index = governance.index
    if let consents = index.consents[recipient],
      consents.contains(where: { $0.covers(coverage, at: instant, custody: index.custody) })
    {
      return .consent
    }
    guard let grounds = index.grounds[recipient] else { return nil }
    return grounds.contains { $0.covers(coverage, at: instant, basis: state.basis($0.basis)) }
      ? .legalBasis : nil
  }

  /// Whether the record says why something may be decided, and nobody has decided it. What is still weighed,
  /// and may never be said, is the staff's and the analysis team's: no consent, legal basis or release opens
  /// it.
  private func isStillWeighed(in governance: CaseGovernance) -> Bool {
    record.kind == .decisionReasons && !governance.index.issuedReasons.contains(record.id)
  }

  /// A parent reads what she wrote, the consents that are hers to sign or withdraw, and what was released to
  /// her.
  private func parentReadVerdict(_ governance: CaseGovernance) -> AccessVerdict {
    if record.creator == person, !record.kind.isGoverned { return .allowed(.ownRecord) }
    if record.kind == .consent, isGrantor(in: governance) { return .allowed(.grantor) }
    guard GoverningRule.of(record.kind) == nil, !isStillWeighed(in: governance),
      let releases = governance.index.releases[person]
    else { return .denied(.noGround) }
    let coverage = coverage(in: governance)
    return releases.contains { $0.covers(record.id, coverage, at: instant) }
      ? .allowed(.release) : .denied(.noGround)
  }

  /// Whether the consent is the person's to sign or withdraw: she holds custody of a subject, or is named as
  /// one who must sign or has signed.
  func isGrantor(in governance: CaseGovernance) -> Bool {
    guard let consent = governance.contents.consents[record.id] else { return false }
    if consent.required.contains(person) || consent.signatures.contains(person) { return true }
    return consent.provision.subjects.contains { subject in
      governance.index.custody[subject, default: []].contains {
        $0.holder == person && $0.stands(at: instant)
      }
    }
  }
}
