import CRDT

/// A consent to disclose, as its record says it (GDPR art. 6, 7 and 9; R12).
struct Consent: Sendable, Hashable {
  /// To whom, about whom, what.
  let provision: Provision
  /// Who must have signed.
  let required: [Identifier]
  /// Who has signed.
  let signatures: [Identifier]
  /// Whether anybody withdrew it.
  let isWithdrawn: Bool

  /// Reads a consent; `nil` when it does not say what it must, its form and evidence too.
  init?(_ record: CaseRecord) {
    guard let provision = Provision(record, .consent), record.text(Field.Consent.form)?.isEmpty == false,
      record.identifier(Field.Consent.evidence) != nil
    else { return nil }
    self.provision = provision
    required = record.identifiers(Field.Consent.required)
    signatures = record.identifiers(Field.Consent.signatures)
    isWithdrawn = record.hasElements(Field.Consent.withdrawals)
  }

  /// Whether it stands and covers a record, every subject of it by her own grantors.
  func covers(_ coverage: Coverage, at instant: Int64, custody: [Identifier: [Custody]]) -> Bool {
    !isWithdrawn && provision.period.contains(instant) && provision.names(coverage)
      && required.allSatisfy(signatures.contains)
      && coverage.about.allSatisfy { isSigned(for: custody[$0, default: []], at: instant) }
  }

  /// Whether those signed who must for one subject: of her grantors those whom the consent names, or all when
  /// it names none of them. Who has no grantor cannot be consented for.
  private func isSigned(for custody: [Custody], at instant: Int64) -> Bool {
    var hasGrantor = false
    var hasNamed = false
    var haveAllSigned = true
    for holder in custody where holder.stands(at: instant) {
      hasGrantor = true
      if required.contains(holder.holder) { hasNamed = true }
      if !signatures.contains(holder.holder) { haveAllSigned = false }
    }
    return hasGrantor && (hasNamed || haveAllSigned)
  }
}
