import CRDT
import CaseModel
import Testing

@Suite struct CaseloadImportTests {
  @Test func importingAgainMakesNothing() throws {
    let text = try Caseload.shipped
    let ledger = Caseload.imported(text)
    #expect(Caseload.plan(text) == Caseload.plan(text))
    #expect(Caseload.plan(text, existing: ledger.ids) == CaseloadPlan())
  }

  /// A file that grew brings what is new, and nothing else.
  @Test(arguments: [1, 100, 300, 521])
  func aLongerFileBringsTheRest(_ count: Int) throws {
    let text = try Caseload.shipped
    let start = text.split(separator: "\n").prefix(count).joined(separator: "\n")
    var ledger = Caseload.imported(start)
    let first = ledger.ids
    for entry in Caseload.plan(text, existing: first).entries {
      #expect(entry.allSatisfy { !$0.isNew || !first.contains($0.id) })
      ledger.write(entry)
    }
    #expect(ledger.ids == Caseload.imported(text).ids)
  }

  @Test(arguments: 0..<10)
  func theOrderOfLinesDoesNotMatter(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let text = try Caseload.shipped
    let shuffled = text.split(separator: "\n").shuffled(using: &random).joined(separator: "\n")
    #expect(Caseload.plan(shuffled) == Caseload.plan(text))
  }

  @Test func identicalLinesAreTwoEvents() {
    let line = #"{"event": "family_contact", "date": "2020-01-01", "family": "F", "kind": "visit"}"#
    let ledger = Caseload.imported([line, line].joined(separator: "\n"))
    #expect(ledger.all.filter { $0.kind == .contact }.count == 2)
    #expect(
      Caseload.plan([line, line, line].joined(separator: "\n"), existing: ledger.ids).entries.count == 1)
  }

  @Test func aCreationStandsBeforeEveryChange() throws {
    var created: Set<Identifier> = []
    for draft in Caseload.plan(try Caseload.shipped).entries.flatMap({ $0 }) {
      if draft.isNew {
        #expect(created.insert(draft.id).inserted)
      } else {
        #expect(created.contains(draft.id))
      }
      if let caseID = draft.caseID { #expect(created.contains(caseID)) }
    }
  }

  /// A leader imports, and the policy accepts every draft in order.
  @Test func aLeadersImportIsAccepted() throws {
    var state = GoverningState()
    state.setRole(.leader, of: Caseload.importer)
    var ledger = Ledger()
    for entry in Caseload.plan(try Caseload.shipped).entries {
      var staged = state.staged()
      for draft in entry {
        let creator = ledger[draft.id]?.creator ?? Caseload.importer
        let verdict = may(
          Caseload.importer, draft.action, draft.reference(creator: creator, receivedAt: nil), at: 0,
          in: staged)
        #expect(verdict.isAllowed, "\(draft.kind.definition?.name ?? "") \(verdict.rule.rawValue)")
        ledger.write(draft, by: Caseload.importer)
        if let record = ledger[draft.id] { staged.update(with: record) }
      }
      state.commit(staged)
    }
    for file in CaseStock(records: ledger.all).cases {
      #expect(state.takesPart(Caseload.importer, in: file.id, at: 0))
    }
  }

  @Test func whatAFamilysEventsSayStandsInItsFile() throws {
    let stock = CaseStock(records: Caseload.imported(try Caseload.shipped).all)
    let file = try #require(stock.cases.first { $0.label == "F11" })
    #expect(stock.cases.count == 24)
    #expect(file.coordinator.flatMap(stock.name) != nil)
    #expect(
      file.goals.prefix(2).map { $0.text(Field.Goal.title) } == ["one person to call", "respite at weekends"])
    let expected = file.goals.filter { $0.integer(Field.Goal.teamRank) == 1 }
    #expect(expected.map { $0.text(Field.Goal.title) } == ["a safe home"])
    #expect(expected.first?.integer(Field.Goal.familyRank) == nil)
    #expect(file.goals.first?.texts(Field.Goal.actors) == ["psychologist-1"])
    #expect(file.openUpdates.isEmpty)
    #expect(stock.register[.statusMeeting]?.count == 19)
    let discharged = try #require(stock.cases.first { $0.label == "F01" })
    let reason = discharged.all(.note).first { $0.identifier(Field.Note.concerns) != nil }
    #expect(reason?.text(Field.Note.text) == "case could be closed")
  }

  @Test func theLastAllocationStandsAndTheFormerCoordinatorHasEnded() throws {
    let lines = [
      #"{"event": "allocated", "date": "2020-03-01", "family": "F", "coordinator": "B", "team": ["P"]}"#,
      #"{"event": "allocated", "date": "2020-01-01", "family": "F", "coordinator": "A", "team": ["P"]}"#,
    ]
    let ledger = Caseload.imported(lines.joined(separator: "\n"))
    let stock = CaseStock(records: ledger.all)
    let file = try #require(stock.cases.first)
    #expect(file.coordinator.flatMap(stock.name) == "B")
    let names = file.participants.filter { $0.part.role != .leader }.compactMap {
      stock.name(of: $0.part.person)
    }
    #expect(names.sorted() == ["B", "P"])
    #expect(file.all(.participant).count == 4)
    let later = #"{"event": "allocated", "date": "2020-05-01", "family": "F", "coordinator": "C"}"#
    let plan = Caseload.plan((lines + [later]).joined(separator: "\n"), existing: ledger.ids)
    #expect(plan.notices.map(\.cause) == [.allocationStands])
    #expect(plan.entries.flatMap { $0 }.map(\.kind) == [.person])
  }
}
