import CRDT
import CaseModel
import Testing

/// Which cases are new to somebody since she looked.
@Suite struct EarlierLookTests {
  private static let (karin, poul, lene) = (Identifier(2), Identifier(3), Identifier(4))
  private static let caseID = Identifier(100)
  /// Noon of 3 January 2020, in milliseconds since 1970.
  private static let looked: Int64 = 1_578_052_800_000

  /// Opened by Lene with Poul in it, and written in, all received at 10.
  private static func ledger() -> Ledger {
    var ledger = Ledger()
    let head = CaseWork.open(
      case: caseID, label: "F", on: .on("2020-01-01"), creator: lene, as: .familyCoordinator
    ) { _ in Identifier(101) }
    for draft in head { ledger.write(draft, by: lene, receivedAt: 10) }
    ledger.write(part(102, poul), by: lene, receivedAt: 10)
    for id in 200..<205 as Range<UInt64> {
      ledger.write(
        CaseWork.note(id: Identifier(id), in: caseID, text: "før", on: .on("2020-01-01")), by: lene,
        receivedAt: 10)
    }
    return ledger
  }

  private static func part(_ id: UInt64, _ person: Identifier, from startsAt: Int64? = nil) -> RecordDraft {
    CaseWork.participant(
      id: Identifier(id), in: caseID, person: person, role: .coreTeam, since: .on("2020-01-01"),
      from: startsAt)
  }

  private static func isNew(
    _ ledger: Ledger, to person: Identifier, as role: Role = .coreTeam, receivedBy receivedAt: Int64,
    at instant: Int64 = looked
  ) -> Bool {
    EarlierLook(of: person, as: role, over: ledger.all, receivedBy: receivedAt, at: instant)
      .isNew(ledger.file(caseID))
  }

  @Test func whatOneIsGivenLater() {
    var ledger = Self.ledger()
    ledger.write(Self.part(103, Self.karin), by: Self.lene, receivedAt: 30)
    #expect(Self.isNew(ledger, to: Self.karin, receivedBy: 20))
    #expect(!Self.isNew(ledger, to: Self.karin, receivedBy: 30), "she has looked since")
    #expect(!Self.isNew(ledger, to: Self.poul, receivedBy: 20), "he had it")
    #expect(Self.isNew(ledger, to: Self.poul, receivedBy: 9), "nobody had")
    #expect(!Self.isNew(ledger, to: Self.lene, receivedBy: 9), "she opened it")
  }

  /// A leader sees when each case was opened. One that she is given later is new to her all the same.
  @Test func whatALeaderIsGivenLater() {
    var ledger = Self.ledger()
    #expect(!Self.isNew(ledger, to: Self.karin, as: .leader, receivedBy: 20), "she sees its head")
    ledger.write(Self.part(103, Self.karin), by: Self.lene, receivedAt: 30)
    #expect(Self.isNew(ledger, to: Self.karin, as: .leader, receivedBy: 20))
    #expect(!Self.isNew(ledger, to: Self.karin, as: .leader, receivedBy: 30), "she has looked since")
  }

  /// That a participation was changed since does not make a case new that one had, and a right that began by
  /// the time alone is new once.
  @Test func whatChangedSinceAndWhatBeganByTime() throws {
    var ledger = Self.ledger()
    var change = RecordDraft.change(try #require(ledger[Identifier(102)]))
    change.write(Field.Participant.until, .on("2021-01-01"))
    ledger.write(change, by: Self.lene, receivedAt: 30)
    #expect(!Self.isNew(ledger, to: Self.poul, receivedBy: 20))
    let month = Self.looked + 30 * 86_400_000
    ledger.write(Self.part(103, Self.karin, from: month), by: Self.lene, receivedAt: 15)
    #expect(Self.isNew(ledger, to: Self.karin, receivedBy: 20))
    #expect(!Self.isNew(ledger, to: Self.karin, receivedBy: 20, at: month))
  }
}
