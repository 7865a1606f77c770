public import CRDT

/// Who has signed a consent, and who has yet to.
public struct ConsentSigners: Sendable, Hashable {
  /// Who signed.
  public let signed: [Identifier]
  /// Who has yet to sign before it covers all its subjects.
  public let missing: [Identifier]
  /// The subjects for whom nobody is recorded who could consent.
  public let subjectsWithoutGrantor: [Identifier]

  /// Reads who must sign a consent at an instant, by the custody that is recorded then; `nil` when it does
  /// not say what it must.
  ///
  /// - Parameter custodies: the custody records of the case.
  public init?(of record: CaseRecord, custodies: some Sequence<CaseRecord>, at instant: Int64) {
    guard let consent = Consent(record) else { return nil }
    let standing = custodies.compactMap(Custody.init).filter { $0.stands(at: instant) }
    var missing = consent.required.filter { !consent.signatures.contains($0) }
    var orphans: [Identifier] = []
    for subject in consent.provision.subjects {
      let holders = standing.filter { $0.subject == subject }.map(\.holder)
      if holders.isEmpty { orphans.append(subject) }
      if holders.contains(where: consent.required.contains) { continue }
      for holder in holders where !consent.signatures.contains(holder) && !missing.contains(holder) {
        missing.append(holder)
      }
    }
    signed = consent.signatures
    self.missing = missing
    subjectsWithoutGrantor = orphans
  }
}
