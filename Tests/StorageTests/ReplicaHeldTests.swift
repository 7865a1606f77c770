import CRDT
import CaseModel
import Testing
import WireProtocol

@testable import Replication
@testable import Storage

@Suite("Own work that is held") struct ReplicaHeldTests {
  /// A replica with a note that the server has.
  private struct Desk {
    let fixture: ReplicaFixture
    let note: Identifier
    let release: Identifier

    init() throws {
      fixture = try ReplicaFixture(seed: 11)
      note = fixture.random.identifier()
      release = fixture.random.identifier()
      var draft = fixture.draft(note, isNew: true, operations: [])
      draft.write(Field.Note.text, "first")
      try accept(try fixture.write([[draft]]))
    }

    func accept(_ entries: [LinkedEntry]) throws {
      var group = fixture.server.newGroup()
      let verdicts = entries.map {
        fixture.server.judge($0.entry.changes, of: fixture.actor, into: &group)
      }
      _ = try fixture.store.apply(verdicts: verdicts)
    }

    func edit(_ text: String) throws -> LinkedEntry {
      let record = try #require(try fixture.store.record(note))
      let before = record.text(Field.Note.text) ?? ""
      return try #require(try fixture.write([CaseWork.edit(note: record, to: before + text)]).first)
    }

    var told: AudienceVersion {
      get throws {
        AudienceVersion(
          record: release,
          version: try #require(VersionVector(sorted: [ChangeID(actor: fixture.other, number: 3)])))
      }
    }

    func hold(_ entry: LinkedEntry) throws -> AppliedVerdicts {
      var group = fixture.server.newGroup()
      let void = fixture.server.judge(
        entry.entry.changes, of: fixture.actor, refusing: .widened, into: &group)
      var refusal = EntryVerdict.Refusal(code: .widened, change: 0, .held)
      refusal.audiences = [RecordAudience(record: note, versions: [try told])]
      return try fixture.store.apply(verdicts: [
        EntryVerdict(entry: void.entry, refusal: refusal, receivedAt: void.receivedAt, seals: void.seals)
      ])
    }

    var text: String? { get throws { try fixture.store.record(note)?.text(Field.Note.text) } }
  }

  @Test("It is not shown, kept over a restart, and written anew when it is confirmed")
  func confirmed() throws {
    let desk = try Desk()
    let first = try desk.edit(" one")
    #expect(try desk.hold(first).held == [2])
    #expect(try desk.text == "first" && desk.fixture.store.refused().isEmpty)
    try desk.fixture.reopen()
    let store = desk.fixture.store
    let held = try #require(try store.held().first)
    #expect(held.name == QuarantineName(actor: desk.fixture.actor, entry: 2))
    #expect(held.audiences == [desk.release] && held.work.refusal.code == .widened)
    #expect(try store.status().heldEntries == 1 && store.status().refusedEntries == 0)
    #expect(try store.quarantined() == [held.name])
    #expect(try store.confirmHeld(QuarantineName(actor: desk.fixture.actor, entry: 9), at: 9) == nil)
    #expect(try store.confirmHeld(held.name, at: 9_000) == [desk.note])
    #expect(try desk.text == "first one" && store.held().isEmpty)
    let change = try #require(try store.pendingEntries(after: 2, limit: 9).last?.entry.changes.first)
    #expect(change.origin?.header == first.entry.changes[0].header && change.header.writtenAt == 9_000)
    #expect(try change.header.audienceSeen == [desk.told])
    #expect(change.origin?.header.audienceSeen.isEmpty == true)
    #expect(try store.confirmHeld(held.name, at: 9_001) == nil)
  }

  @Test("What it builds on is confirmed with it, in its order")
  func together() throws {
    let desk = try Desk()
    let (first, second) = (try desk.edit(" one"), try desk.edit(" two"))
    for entry in [first, second] { _ = try desk.hold(entry) }
    let store = desk.fixture.store
    let last = try #require(try store.held().last)
    _ = try store.confirmHeld(last.name, at: 9_000)
    #expect(try desk.text == "first one two" && store.held().isEmpty)
    let origins = try store.pendingEntries(after: 3, limit: 9).flatMap(\.entry.changes).map(\.origin?.header)
    #expect(origins == [first, second].map { $0.entry.changes[0].header })
    try desk.accept(try store.pendingEntries(after: 3, limit: 9))
    #expect(try desk.text == "first one two")
  }

  @Test("What was told counts for what is written later; where nothing was told nothing is said")
  func later() throws {
    let desk = try Desk()
    let first = try desk.edit(" one")
    #expect(first.entry.changes[0].header.audienceSeen.isEmpty)
    _ = try desk.hold(first)
    let next = try desk.edit(" two")
    #expect(try next.entry.changes[0].header.audienceSeen == [desk.told])
  }

  @Test("Releases and reclassifications that are here count as far as they are here")
  func local() throws {
    let desk = try Desk()
    let (fixture, id) = (desk.fixture, desk.fixture.random.identifier())
    func seen() throws -> [AudienceVersion] {
      try #require(try desk.edit(" x").entry.changes.first).header.audienceSeen
    }
    func version(_ number: UInt64) throws -> VersionVector {
      try #require(VersionVector(sorted: [ChangeID(actor: fixture.actor, number: number)]))
    }
    try fixture.write([
      [
        CaseWork.release(
          id: id, in: fixture.caseID, to: fixture.account, records: [desk.note], about: [fixture.caseID])
      ]
    ])
    #expect(try seen() == [AudienceVersion(record: id, version: version(1))])
    try fixture.reopen()
    let release = try #require(try fixture.store.record(id))
    try fixture.write([[try #require(CaseWork.end(governing: release))]])
    #expect(try seen().isEmpty)
    let other = fixture.random.identifier()
    try fixture.write([[CaseWork.reclassify(id: other, in: fixture.caseID, record: desk.note)]])
    #expect(try seen() == [AudienceVersion(record: other, version: version(1))])
  }

  @Test("Taken back it is neither held nor refused; a server that forgot it gets it as it was")
  func decided() throws {
    for outcome in [QuarantineDecision.Outcome.refused(.withdrawn), .accepted, .unknown] {
      let desk = try Desk()
      let first = try desk.edit(" one")
      _ = try desk.hold(first)
      let store = desk.fixture.store
      let name = try #require(try store.held().first?.name)
      try store.apply([QuarantineDecision(name: name, outcome: outcome, decidedAt: 5)])
      #expect(try store.held().isEmpty && store.refused().isEmpty && store.quarantined().isEmpty)
      let again = try store.pendingEntries(after: 2, limit: 9).flatMap(\.entry.changes)
      #expect(again.count == (outcome == .unknown ? 1 : 0))
      #expect(again.allSatisfy { $0.header.audienceSeen.isEmpty && $0.origin != nil })
    }
  }
}
