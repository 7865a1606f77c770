import CRDT
import CaseModel

extension PolicyWorld {
  static let organisation = Identifier(800)
  static let other = Identifier(30)
  static let record = Identifier(950)
  /// Custodies that came with the case from another tenant.
  static let arrived = Identifier(960)
  static let arrivedToo = Identifier(961)

  static func disclosure(to recipient: Identifier = other) -> CaseWork.Disclosure {
    CaseWork.Disclosure(
      to: recipient, about: [child], types: [.health], purpose: "coordination", from: 0, until: 1_000)
  }

  /// A record of a kind that gives or takes access, for or from somebody who has no part in the case.
  func governingDraft(_ kind: RecordKind, id: Identifier) -> RecordDraft? {
    let caseID = Self.caseID
    switch kind {
    case .consent:
      return CaseWork.consent(
        id: id, in: caseID, Self.disclosure(), form: "written", evidence: Self.record, signatures: [])
    case .ground:
      return CaseWork.ground(id: id, in: caseID, basis: Self.standing(.legalBasis), Self.disclosure())
    case .release:
      return CaseWork.release(id: id, in: caseID, to: Self.other, records: [Self.record], about: [Self.child])
    case .withholding:
      return CaseWork.withhold(id: id, in: caseID, from: Self.other, records: [Self.record])
    case .reclassification:
      return CaseWork.reclassify(id: id, in: caseID, record: Self.record, about: [Self.child])
    case .custody:
      return CaseWork.custody(
        id: id, in: caseID, of: Self.child, holder: Self.other, source: "civil_register")
    case .breakGlass: return CaseWork.breakGlass(id: id, in: caseID, reason: "nobody answers")
    case .erasure:
      return CaseWork.erase(id: id, in: caseID, records: [Identifier(951)], ground: "kept too long")
    case .transfer:
      return CaseWork.transfer(
        id: id, case: caseID, to: Identifier(2), name: "Vallensbæk",
        card: String(repeating: "a", count: 64), ground: "split")
    case .arrival:
      return CaseWork.arrival(
        id: id, in: caseID,
        confirming: [ledger[Self.standing(.arrival)] == nil ? Self.arrived : Self.arrivedToo])
    case .protectedContact:
      return CaseWork.protectedContact(
        id: id, in: caseID, about: [Self.child], sort: "address", text: "x", roles: [.coreTeam])
    case .vouching:
      return CaseWork.vouching(
        id: id, organisation: Self.organisation, person: Self.other, voucher: Identifier(31), from: 0,
        until: 1_000)
    case .legalBasis:
      return CaseWork.legalBasis(
        id: id, code: "early_prevention", roles: [.leader, .familyCoordinator], types: [.health], daysMax: 1)
    case .decision:
      return CaseWork.decision(id: id, in: caseID, about: [Self.child], matter: "grant", amount: 3)
    case .informationType: return CaseWork.informationType(id: id, .employment, roles: [.familyCoordinator])
    case .registerErasure:
      return CaseWork.eraseFromRegister(id: id, records: [Identifier(952)], ground: "left long ago")
    case .authorityLimit: return CaseWork.authorityLimit(id: id, role: .leader, matter: "grant", amount: 5)
    default: return nil
    }
  }

  /// What is usually written to a record of such a kind.
  static func usualChange(_ record: CaseRecord) -> [CRDT.Operation] {
    var draft = RecordDraft.change(record)
    switch record.kind {
    case .consent: return CaseWork.withdraw(consent: record, by: other).operations
    case .withholding: draft.add(Field.Withholding.subjects, [child])
    case .reclassification: draft.add(Field.Reclassification.about, [other])
    case .custody: return CaseWork.end(custody: record).operations
    case .arrival: draft.add(Field.Arrival.confirmed, [arrivedToo])
    case .decision: draft.write(Field.Decision.amount, 4)
    case .protectedContact: draft.write(Field.ProtectedContact.text, "y")
    default: return CaseWork.end(governing: record)?.operations ?? []
    }
    return draft.operations
  }
}
