import CRDT
import Testing

@testable import CaseModel

/// An erasure that two persons of another tenant decided holds where its case comes to, whose server knows
/// neither of them (R51).
@Suite struct ArrivedErasureTests {
  private static let tenant = Identifier(1)
  private static let caseID = Identifier(10)
  private static let erased = Identifier(30)

  private func isErased(
    from origin: Identifier, creator: Identifier?, confirmer: Identifier?
  ) -> Bool {
    var draft = CaseWork.erase(
      id: Identifier(20), in: Self.caseID, records: [Self.erased], ground: "archived")
    if let confirmer { draft.write(Field.Erasure.confirmedBy, confirmer) }
    let context = ChangeContext(
      id: ChangeID(actor: ActorID(rawValue: 1), number: 1), version: VersionVector(), author: Identifier(50),
      writtenAt: 1, receivedAt: 1)
    var state = RecordState()
    state.apply(Change(context: context, operations: draft.operations))
    var governing = GoverningState(tenant: Self.tenant)
    governing.update(
      with: CaseRecord(
        id: draft.id, kind: .erasure, caseID: Self.caseID, created: 1, receivedAt: 1, creator: creator,
        about: [], informationType: .none, origin: origin, state: state))
    return governing.isErased(Self.erased, in: Self.caseID)
  }

  @Test func itHoldsWhoeverProposedItThere() {
    let (other, one, two) = (Identifier(2), Identifier(40), Identifier(41))
    #expect(isErased(from: other, creator: nil, confirmer: two))
    #expect(!isErased(from: other, creator: nil, confirmer: nil))
    // Who has an account here is known, and confirmed nothing of her own.
    #expect(isErased(from: other, creator: one, confirmer: two))
    #expect(!isErased(from: other, creator: two, confirmer: two))
    // Of what was created here it is known.
    #expect(!isErased(from: Self.tenant, creator: nil, confirmer: two))
  }
}
