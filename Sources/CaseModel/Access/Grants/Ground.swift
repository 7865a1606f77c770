import CRDT

/// Another legal basis than consent that somebody invoked for a recipient.
struct Ground: Sendable, Hashable {
  /// To whom, about whom, what.
  let provision: Provision
  /// The record of the legal basis.
  let basis: Identifier
  /// Whether it was ended.
  let isEnded: Bool

  /// Reads a ground; `nil` when it does not say what it must.
  init?(_ record: CaseRecord) {
    guard let provision = Provision(record, .ground), let basis = record.identifier(Field.Ground.basis) else {
      return nil
    }
    self.provision = provision
    self.basis = basis
    isEnded = record.hasElements(Field.Ground.ended)
  }

  /// Whether it stands and covers a record: as far as it says, and as its legal basis allows.
  func covers(_ coverage: Coverage, at instant: Int64, basis: LegalBasis?) -> Bool {
    guard let basis, !isEnded, basis.isInForce(at: instant) else { return false }
    return provision.period.limited(to: basis.lengthMax).contains(instant) && provision.names(coverage)
      && coverage.types.allSatisfy(basis.types.contains)
  }
}
