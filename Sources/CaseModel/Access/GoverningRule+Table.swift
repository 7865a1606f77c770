import CRDT

extension GoverningRule {
  /// The table in force.
  static let table: [GoverningRule] = caseTable + registerTable

  private static let governors: [Writer] = [.leader, .coordinator]

  private static let caseTable: [GoverningRule] = [
    GoverningRule(
      kind: .consent, creators: governors,
      writings: [
        Writing(
          fields: [Field.Consent.signatures, Field.Consent.withdrawals], acts: [.add],
          by: governors + [.grantor])
      ]),
    GoverningRule(
      kind: .ground, creators: [.leader, .staff],
      writings: [
        Writing(fields: [Field.Ground.ended], acts: [.add], by: governors + [.creator]),
        Writing(fields: [Field.Ground.reason], acts: [.assign], by: governors + [.creator]),
      ]),
    GoverningRule(
      kind: .release, creators: governors,
      writings: [Writing(fields: [Field.Release.ended], acts: [.add], by: governors)]),
    GoverningRule(
      kind: .withholding, creators: governors,
      writings: [
        Writing(
          fields: [Field.Withholding.records, Field.Withholding.subjects, Field.Withholding.cases],
          acts: [.add, .remove], by: governors),
        Writing(fields: [Field.Withholding.reason], acts: [.assign], by: governors),
      ]),
    GoverningRule(
      kind: .reclassification, creators: governors,
      writings: [
        Writing(
          fields: [
            Field.Reclassification.about, Field.Reclassification.types,
            Field.Reclassification.excludedPersons, Field.Reclassification.excludedRoles,
          ], acts: [.add, .remove], by: governors),
        Writing(
          fields: [Field.Reclassification.persons, Field.Reclassification.roles], acts: [.add],
          by: governors),
      ]),
    GoverningRule(
      kind: .custody, creators: governors,
      writings: [
        Writing(fields: [Field.Custody.status], acts: [.decide], by: governors),
        Writing(fields: [Field.Custody.evidence], acts: [.assign], by: governors),
      ]),
    GoverningRule(
      kind: .breakGlass, creators: [.leader],
      writings: [Writing(fields: [Field.BreakGlass.ended], acts: [.add], by: [.leader])]),
    GoverningRule(
      kind: .erasure, creators: governors,
      writings: [
        Writing(fields: [Field.Erasure.confirmedBy], acts: [.decide], by: [.leader]),
        Writing(fields: [Field.Erasure.ended], acts: [.add], by: governors),
      ]),
    GoverningRule(
      kind: .transfer, creators: [.leader],
      writings: [
        Writing(fields: [Field.Transfer.confirmedBy], acts: [.decide], by: [.leader]),
        Writing(fields: [Field.Transfer.ended], acts: [.add], by: [.leader]),
      ]),
    GoverningRule(
      kind: .arrival, creators: [.leader],
      writings: [Writing(fields: [Field.Arrival.confirmed], acts: [.add], by: [.leader])]),
    GoverningRule(
      kind: .decision, creators: [.leader, .staff],
      writings: [
        Writing(
          fields: [
            Field.Decision.matter, Field.Decision.amount, Field.Decision.intervention, Field.Decision.outcome,
            Field.Decision.legalBasis, Field.Decision.reasons, Field.Decision.issuedBy,
            Field.Decision.issuedOn, Field.Decision.complaintUntil, Field.Decision.complaintBody,
          ], acts: [.decide], by: [.leader, .staff]),
        Writing(
          fields: [
            Field.Decision.deliveredOn, Field.Decision.deliveryForm, Field.Decision.explainedOn,
          ], acts: [.assign], by: [.leader, .staff]),
        Writing(fields: [Field.Decision.withdrawn], acts: [.add], by: [.leader]),
      ]),
    GoverningRule(
      kind: .protectedContact, creators: [.staff, .parent],
      writings: [
        Writing(
          fields: [Field.ProtectedContact.sort, Field.ProtectedContact.text], acts: [.assign],
          by: [.staff, .creator]),
        Writing(
          fields: [Field.ProtectedContact.persons, Field.ProtectedContact.roles], acts: [.add],
          by: governors + [.creator]),
        Writing(
          fields: [Field.ProtectedContact.excludedPersons, Field.ProtectedContact.excludedRoles],
          acts: [.add, .remove], by: governors + [.creator]),
      ]),
  ]

  private static let registerTable: [GoverningRule] = [
    GoverningRule(
      kind: .vouching, creators: governors,
      writings: [
        Writing(fields: [Field.Vouching.confirmedUntil], acts: [.decide], by: governors),
        Writing(fields: [Field.Vouching.ended], acts: [.add], by: governors),
      ]),
    GoverningRule(
      kind: .legalBasis, creators: [.leader],
      writings: [
        Writing(fields: [Field.LegalBasis.law], acts: [.assign], by: [.leader]),
        Writing(fields: [Field.LegalBasis.complaintBody], acts: [.decide], by: [.leader]),
        Writing(fields: [Field.LegalBasis.ended], acts: [.add], by: [.leader]),
      ]),
    GoverningRule(
      kind: .informationType, creators: [.leader],
      writings: [
        Writing(fields: [Field.InformationType.name], acts: [.assign], by: [.leader]),
        Writing(fields: [Field.InformationType.confirmedBy], acts: [.decide], by: [.leader]),
        Writing(fields: [Field.InformationType.ended], acts: [.add], by: [.leader]),
      ]),
    GoverningRule(
      kind: .authorityLimit, creators: [.leader],
      writings: [
        Writing(fields: [Field.AuthorityLimit.confirmedBy], acts: [.decide], by: [.leader]),
        Writing(fields: [Field.AuthorityLimit.ended], acts: [.add], by: [.leader]),
      ]),
    GoverningRule(
      kind: .registerErasure, creators: governors,
      writings: [
        Writing(fields: [Field.Erasure.confirmedBy], acts: [.decide], by: [.leader]),
        Writing(fields: [Field.Erasure.ended], acts: [.add], by: governors),
      ]),
  ]
}
