import CRDT
import CaseModel
import Foundation
import Replication
import Testing
import WireProtocol

@testable import Storage

/// What was deleted from a text before somebody came is not sent to her, and not in her store.
@Suite struct DeletedTextTests {
  private static let canary = "KANARIE-SLETTET-SAETNING"
  private let field = Field.Note.text.id

  private func edit(
    _ fixture: ReplicaFixture, _ id: Identifier, _ body: (inout TextEditor) -> Void
  ) throws {
    var editor = TextEditor(try #require(try fixture.store.record(id)).state.text(field))
    body(&editor)
    let action = Operation.Action.edit(try #require(editor.finish()))
    let draft = fixture.draft(id, isNew: false, operations: [Operation(field: field, action: action)])
    let entry = try fixture.write([[draft]])[0]
    var group = fixture.server.newGroup()
    let verdict = fixture.server.judge(entry.entry.changes, of: fixture.actor, into: &group)
    _ = try fixture.store.apply(verdicts: [verdict])
  }

  private func isIn(_ bytes: some Sequence<UInt8>) -> Bool {
    Data(bytes).firstRange(of: Data(Self.canary.utf8)) != nil
  }

  @Test("A deleted sentence is absent from a newcomer's store, and from what she is sent")
  func absent() throws {
    // Nothing is hidden, so that what is there can be found.
    let author = try ReplicaFixture(seed: 31, seal: StoreSeal(try .generated(), .null))
    let id = author.random.identifier()
    _ = author.writeElsewhere(id)
    _ = try author.store.apply(delivery: author.delivery(enters: [try author.enter(id)]))
    try edit(author, id) { $0.insert("Before. \(Self.canary). After.", at: 0) }
    let early = try author.enter(id)
    #expect(isIn(early.snapshot.encoded))
    try edit(author, id) { $0.delete(Self.canary.count + 2, at: 8) }
    let late = try author.enter(id)
    #expect(!isIn(late.snapshot.encoded))
    for (enter, isThere) in [(early, true), (late, false)] {
      let newcomer = try ReplicaFixture(seed: 32, seal: StoreSeal(try .generated(), .null))
      _ = try newcomer.store.apply(delivery: newcomer.delivery(enters: [enter]))
      let text = try newcomer.store.record(id)?.state.text(field).string
      #expect(text == (isThere ? "Before. \(Self.canary). After." : "Before. After."))
      try newcomer.store.close()
      let files = try FileManager.default.contentsOfDirectory(atPath: newcomer.home)
      let found = try files.contains { isIn(try Data(contentsOf: URL(filePath: newcomer.home + "/" + $0))) }
      #expect(found == isThere)
    }
  }
}
