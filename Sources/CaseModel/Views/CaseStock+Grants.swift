public import CRDT

/// How what gives and takes access stands, as far as a replica can tell.
extension CaseStock {
  /// Who has signed a consent and who has yet to, by the custody that is recorded here.
  public func signers(of consent: CaseRecord, at instant: Int64) -> ConsentSigners? {
    let custodies = consent.caseID.flatMap { files[$0] }?.all(.custody) ?? []
    return ConsentSigners(of: consent, custodies: custodies, at: instant)
  }

  /// How a governing record stands at an instant; `nil` for a kind that has no standing of its own.
  ///
  /// - Parameter knowingCustody: whether custody would be here if it were recorded: parents do not hold it.
  public func standing(
    of record: CaseRecord, at instant: Int64, knowingCustody: Bool = true
  ) -> GrantStanding? {
    switch record.kind {
    case .consent: return standing(ofConsent: record, at: instant, knowingCustody)
    case .ground: return standing(ofGround: record, at: instant)
    case .release:
      guard let release = Release(record) else { return .incomplete }
      return release.isEnded ? .ended : release.period.standing(at: instant)
    case .withholding:
      guard let withholding = Withholding(record) else { return .incomplete }
      return withholding.isEmpty ? .ended : .inForce
    case .reclassification: return Reclassification(record) == nil ? .incomplete : .inForce
    case .custody:
      guard let custody = Custody(record) else { return .incomplete }
      return custody.isStanding ? custody.period.standing(at: instant) : .ended
    case .breakGlass:
      if record.hasElements(Field.BreakGlass.ended) { return .ended }
      return BreakGlass(record).map { $0.period.standing(at: instant) } ?? .notReceived
    case .erasure, .registerErasure:
      guard let erasure = Erasure(record) else { return .incomplete }
      return erasure.isConfirmed ? .inForce : erasure.isEnded ? .ended : .awaitsConfirmation
    case .transfer:
      guard let transfer = Transfer(record) else { return .incomplete }
      return transfer.isEnded ? .ended : transfer.isConfirmed ? .inForce : .awaitsConfirmation
    case .arrival: return .inForce
    case .decision:
      guard let decision = Decision(record) else { return .incomplete }
      if record.hasElements(Field.Decision.withdrawn) { return .withdrawn }
      return decision.isIssued ? .inForce : record.mustBeIssuedAgain ? .issueAgain : .prepared
    default: return standing(ofTable: record, at: instant)
    }
  }

  private func standing(
    ofConsent record: CaseRecord, at instant: Int64, _ knowingCustody: Bool
  ) -> GrantStanding {
    guard let consent = Consent(record), let signers = signers(of: record, at: instant) else {
      return .incomplete
    }
    if consent.isWithdrawn { return .withdrawn }
    let period = consent.provision.period.standing(at: instant)
    if period == .expired { return .expired }
    if !consent.required.allSatisfy(consent.signatures.contains) { return .awaitsSignatures }
    if !knowingCustody { return .undetermined }
    if !signers.subjectsWithoutGrantor.isEmpty { return .noGrantor }
    return signers.missing.isEmpty ? period : .awaitsSignatures
  }

  private func standing(ofGround record: CaseRecord, at instant: Int64) -> GrantStanding {
    guard let ground = Ground(record) else { return .incomplete }
    if ground.isEnded { return .ended }
    let bases = register[.legalBasis] ?? []
    guard let basis = bases.first(where: { $0.id == ground.basis }).flatMap(LegalBasis.init),
      basis.isInForce(at: instant)
    else { return .basisNotInForce }
    return ground.provision.period.limited(to: basis.lengthMax).standing(at: instant)
  }

  private func standing(ofTable record: CaseRecord, at instant: Int64) -> GrantStanding? {
    switch record.kind {
    case .vouching:
      guard let vouching = Vouching(record) else { return .incomplete }
      return vouching.isEnded ? .ended : vouching.period.standing(at: instant)
    case .legalBasis:
      guard let basis = LegalBasis(record) else { return .incomplete }
      return basis.isEnded ? .ended : basis.period.standing(at: instant)
    case .informationType:
      guard let entry = InformationTypeEntry(record) else { return .incomplete }
      if entry.isEnded { return .ended }
      // Only what it gives to leaders needs the second one.
      let isAwaiting = entry.roles.contains(.leader) && !entry.isConfirmed
      let standing = entry.period.standing(at: instant)
      return standing == .inForce && isAwaiting ? .awaitsConfirmation : standing
    case .authorityLimit:
      guard let limit = AuthorityLimit(record) else { return .incomplete }
      if record.hasElements(Field.AuthorityLimit.ended) { return .ended }
      let standing = limit.period.standing(at: instant)
      return standing == .inForce && !limit.isStanding ? .awaitsConfirmation : standing
    default: return nil
    }
  }

  /// Whether two persons had a record of the register erased, as far as a replica can tell.
  public func isErased(_ id: Identifier) -> Bool {
    (register[.registerErasure] ?? []).contains { record in
      guard let erasure = Erasure(record) else { return false }
      return erasure.isConfirmed && erasure.records.contains(id)
    }
  }

  /// The vouchings for a person by an organisation that hold at an instant.
  public func vouchings(
    for person: Identifier, by organisation: Identifier, at instant: Int64
  ) -> [CaseRecord] {
    (register[.vouching] ?? []).filter { record in
      guard let vouching = Vouching(record), vouching.stands(at: instant) else { return false }
      return vouching.person == person && vouching.organisation == organisation
    }
  }
}

extension Period {
  /// How something stands whose period this is.
  fileprivate func standing(at instant: Int64) -> GrantStanding {
    if contains(instant) { return .inForce }
    return start.map { instant < $0 } == true ? .notBegun : .expired
  }
}
