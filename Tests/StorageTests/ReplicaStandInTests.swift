import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

@testable import Storage

/// Found by the simulator (seed 2179763): a device was copied, and wrote its unsent work again under a new
/// actor; a copy brought the same work in first. What was written on in a text of it named characters by a
/// change that has no effect.
@Suite struct ReplicaStandInTests {
  private let fixture: ReplicaFixture
  private let note: Identifier

  /// A note in which a text was written that never got a verdict, and is written again.
  init() throws {
    fixture = try ReplicaFixture(seed: 21)
    note = fixture.random.identifier()
    _ = fixture.writeElsewhere(note)
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [try fixture.enter(note)]))
    try append("first")
  }

  private var field: FieldID { Field.Note.text.id }

  private func text() throws -> String? { try fixture.store.record(note)?.state.text(field).string }

  private var logged: String? { fixture.server.records[note]?.state.text(field).string }

  private func append(_ words: String) throws {
    var editor = TextEditor(try #require(try fixture.store.record(note)).state.text(field))
    editor.insert(words, at: editor.count)
    let edit = try #require(editor.finish())
    let operation = Operation(field: field, action: .edit(edit))
    try fixture.write([[fixture.draft(note, isNew: false, operations: [operation])]])
  }

  private func pending() throws -> [EncodedChange] {
    try fixture.store.pendingEntries(after: 0, limit: 9).flatMap(\.entry.changes)
  }

  private func judge(_ codes: [ErrorCode?]) throws {
    var group = fixture.server.newGroup()
    let actor = try fixture.store.meta().actor
    let verdicts = zip(try pending(), codes).map { change, code in
      fixture.server.judge([change], of: actor, refusing: code, into: &group)
    }
    _ = try fixture.store.apply(verdicts: verdicts)
  }

  /// The copy brings in what this device wrote before both forked.
  private func bringIn(_ original: EncodedChange) throws {
    let reissue = Reissue(
      by: fixture.other, author: fixture.account, tenant: fixture.server.tenant.id, at: 9, after: nil)
    let start = Chain.start(
      tenant: fixture.server.tenant.id, record: note, actor: original.header.id.actor)
    let head = try #require(fixture.server.records[note]?.heads[fixture.other])
    let change = reissue.change(
      Reissue.Original(change: original, previous: start), after: (head.id.number, head.digest)
    ).change
    var group = fixture.server.newGroup()
    fixture.server.judge([change], of: fixture.other, into: &group)
  }

  private func deliver() throws {
    _ = try fixture.store.apply(delivery: fixture.delivery(enters: [try fixture.enter(note)]))
  }

  /// The device has written on in what it wrote again, and the copy was faster.
  private func overtaken(by words: [String] = [" second", " third"]) throws {
    let original = try #require(try pending().first)
    try fixture.succeed()
    for words in words { try append(words) }
    #expect(try text() == "first" + words.joined())
    try bringIn(original)
    try judge([.alreadyTaken] + words.map { _ in .causality })
  }

  @Test("It is written again by the names that stand, once they are here")
  func writtenAgain() throws {
    try overtaken()
    for _ in 0..<2 {
      let status = try fixture.store.status()
      #expect(status.awaitingEntries == 2 && status.refusedEntries == 0)
      #expect(try !fixture.store.reissueAwaiting(at: 10))
      try fixture.reopen()
    }
    try deliver()
    #expect(try fixture.store.reissueAwaiting(at: 10))
    #expect(try fixture.store.status().awaitingEntries == 0 && pending().count == 2)
    try fixture.reopen()
    #expect(try text() == "first second third")
    try judge([nil, nil])
    #expect(logged == "first second third")
    #expect(try text() == "first second third" && fixture.store.verify().isSound)
    #expect(try !fixture.store.reissueAwaiting(at: 11))
  }

  @Test("What is refused for another reason takes with it what builds on it, and the author is told")
  func refusedForGood() throws {
    try overtaken()
    try deliver()
    try fixture.store.reissueAwaiting(at: 10)
    try judge([.forbidden, .causality])
    let status = try fixture.store.status()
    #expect(status.awaitingEntries == 0 && status.pendingEntries == 0)
    #expect(try fixture.store.refused().map(\.refusal.code) == [.forbidden, .causality])
    #expect(try text() == "first")
  }

  @Test("What cannot come since the record leaves is refused, and the record is wiped")
  func leaves() throws {
    try overtaken()
    _ = try fixture.store.carryOut(.exit([HeldRecord(record: note, generation: 1)], erased: [], at: 10))
    #expect(try fixture.store.wiped(of: [HeldRecord(record: note, generation: 1)]).isEmpty)
    #expect(try !fixture.store.reissueAwaiting(at: 11))
    #expect(try fixture.store.status().awaitingEntries == 0 && fixture.store.refused().count == 2)
    #expect(try fixture.store.wiped(of: [HeldRecord(record: note, generation: 1)]).count == 1)
  }

  @Test("A refusal that has nothing to do with it stays one")
  func anotherRefusal() throws {
    try append(" second")
    try judge([nil, .causality])
    #expect(try fixture.store.status().awaitingEntries == 0 && fixture.store.refused().count == 1)
  }
}
