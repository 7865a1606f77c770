import CRDT
import CaseModel
import Testing
import WireProtocol

@testable import SyncClient

/// What is shown of work that is refused, held or waits for a decision.
@Suite struct UnacceptedTextTests {
  private func change(_ kind: RecordKind, _ operations: [CRDT.Operation]) -> EncodedChange {
    let facts = RecordFacts(
      tenant: Identifier(high: 0, low: 1), caseID: Identifier(high: 0, low: 2), kind: kind.rawValue,
      created: 1, about: [])
    let header = ChangeHeader(
      record: Identifier(high: 0, low: 3), id: ChangeID(actor: ActorID(rawValue: 1), number: 1),
      author: Identifier(high: 0, low: 4), writtenAt: 1, version: VersionVector(), creates: facts)
    return EncodedChange(
      header: header, payload: Payload(salt: Identifier(high: 0, low: 5), operations: operations).encoded)
  }

  @Test func whatWasDecidedIsShownWithTheNameOfItsField() throws {
    let day = try CalendarDay(year: 2026, month: 11, day: 23)
    let change = change(
      .decision,
      [
        Operation(field: Field.Decision.amount.id, action: .decide(.integer(500_000))),
        Operation(field: Field.Decision.issuedOn.id, action: .decide(.integer(Int64(day.dayNumber)))),
        Operation(field: Field.Decision.matter.id, action: .assign(.text("begrundelse"))),
      ])
    #expect(
      change.texts(of: .decision) == ["amount: 500000", "issued_on: 2026-11-23", "begrundelse"])
    // Of a record that is not here nobody knows what its fields are called.
    #expect(change.texts(of: nil).first == "500000")
  }

  @Test func whatIsNoWordOfAPersonIsNot() {
    let change = change(
      .decision,
      [
        Operation(field: Field.Decision.matter.id, action: .assign(.text(""))),
        Operation(field: Field.Decision.amount.id, action: .assign(.integer(7))),
        Operation(
          field: Field.Decision.intervention.id, action: .decide(.identifier(Identifier(high: 0, low: 9)))),
      ])
    #expect(change.texts(of: .decision).isEmpty)
  }
}
