import CRDT
import Testing

@testable import CaseModel

/// Who is shown what on a page.
@Suite struct LetterScopeTests {
  private let karin = Identifier(2)
  private let mother = Identifier(3)
  private let father = Identifier(4)
  private let caseID = Identifier(100)

  private func ledger(_ drafts: [RecordDraft]) -> Ledger {
    var ledger = Ledger()
    ledger.write(
      CaseWork.open(
        case: caseID, label: "F", on: .on("2020-01-01"), creator: karin, as: .familyCoordinator
      ) { _ in Identifier(101) }, by: karin)
    for (number, parent) in [(UInt64(102), mother), (103, father)] {
      ledger.write(
        [
          CaseWork.participant(
            id: Identifier(number), in: caseID, person: parent, role: .parent, since: .on("2020-01-01"))
        ], by: karin)
    }
    ledger.write([CaseWork.allocation(caseID, Identifier(104), to: karin, on: .on("2020-01-01"))], by: karin)
    ledger.write(drafts, by: karin)
    return ledger
  }

  private func forecast(_ person: Identifier, _ ledger: Ledger) -> AccessForecast {
    AccessForecast(
      for: person, knowing: [karin: .familyCoordinator, mother: .parent, father: .parent], over: ledger.all,
      by: karin, at: 2_000)
  }

  private var goal: RecordDraft {
    CaseWork.goal(id: Identifier(200), in: caseID, title: "søvn", on: .on("2020-01-02"))
  }
  private var decision: RecordDraft {
    CaseWork.decision(id: Identifier(201), in: caseID, matter: "respite", outcome: "granted")
  }
  private var contact: RecordDraft {
    CaseWork.protectedContact(
      id: Identifier(202), in: caseID, about: [caseID], sort: "address", text: "hemmelig",
      audience: [karin, mother])
  }

  private func shown(_ scope: LetterScope, _ ledger: Ledger, itself: Bool = false) -> [UInt64] {
    ledger.all.filter { (200...299).contains($0.id.low) && scope.shows($0, isItsMatter: itself) }.map(
      \.id.low)
  }

  @Test func onePersonIsShownWhatWasReleasedToHer() {
    let nothing = ledger([goal, decision, contact])
    #expect(shown(LetterScope(.person(forecast(mother, nothing))), nothing).isEmpty)
    // A decision goes to her all the same when the letter is about it.
    #expect(shown(LetterScope(.person(forecast(mother, nothing))), nothing, itself: true) == [200, 201])
    let released = ledger([
      goal, decision, contact,
      CaseWork.release(id: Identifier(300), in: caseID, to: mother, types: [.plan], about: [caseID]),
    ])
    #expect(shown(LetterScope(.person(forecast(mother, released))), released) == [200])
    #expect(shown(LetterScope(.person(forecast(father, released))), released).isEmpty)
  }

  @Test func whatIsClosedToOneParentIsOnNoLetterToTheFamily() {
    let open = ledger([goal, decision, contact])
    func family(_ ledger: Ledger) -> LetterScope {
      LetterScope(.family([forecast(mother, ledger), forecast(father, ledger)]))
    }
    #expect(shown(family(open), open) == [200, 201])
    let withheld = ledger([
      goal, decision, contact,
      CaseWork.withhold(id: Identifier(300), in: caseID, from: father, records: [Identifier(201)]),
      CaseWork.reclassify(
        id: Identifier(301), in: caseID, record: Identifier(200), roles: [.familyCoordinator]),
    ])
    #expect(shown(family(withheld), withheld).isEmpty)
    #expect(shown(LetterScope(.person(forecast(father, withheld))), withheld, itself: true).isEmpty)
    #expect(shown(LetterScope(.person(forecast(mother, withheld))), withheld, itself: true) == [201])
    #expect(shown(LetterScope(.professionals), withheld) == [200, 201])
  }
}
