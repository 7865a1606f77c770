import CRDT
import CaseModel
import Foundation
import Testing
import WireProtocol

@testable import Replication
@testable import Storage

@Suite("What is held, on a disk") struct HeldEntryTests {
  private static let canary = "written before she knew"

  private func title(_ server: RightsServer) throws -> RecordDraft {
    var draft = RecordDraft.change(try server.record(server.note))
    draft.write(Field.Note.title, Self.canary)
    return draft
  }

  private func released(_ server: RightsServer) throws {
    try server.push(
      [
        CaseWork.release(
          id: server.identifier(), in: server.caseID, to: server.mother, records: [server.note],
          about: [server.child])
      ], by: server.leader)
  }

  /// A change that confirms what is held.
  private func confirmation(
    of entry: JournalEntry, by server: RightsServer, seen: [AudienceVersion]
  ) throws -> JournalEntry {
    let old = try #require(entry.changes.first)
    let start = Chain.start(
      tenant: server.tenant.id, record: server.note, actor: old.header.id.actor)
    let origin = ChangeOrigin(header: old.header, previous: start, stamp: nil)
    let header = ChangeHeader(
      record: server.note, id: ChangeID(actor: server.worker.actor, number: 2), author: old.header.author,
      writtenAt: server.now, version: old.header.version.replacing(server.worker.actor, by: 1),
      originDigest: origin.digest(ofPayload: old.payload), audienceSeen: seen)
    let change = EncodedChange(header: header, payload: old.payload, origin: origin)
    return JournalEntry(number: entry.number + 1, changes: [change])
  }

  @Test("It is there after a restart, sealed, with its verdict, until its author confirms it")
  func restart() throws {
    let server = try RightsServer()
    let entry = try server.entry([title(server)], by: server.worker)
    try released(server)
    let first = try server.push(entry, by: server.worker)
    let refusal = try #require(first.refusal)
    #expect(refusal.isHeld && refusal.code == .widened)
    let told = try #require(refusal.audiences.first)
    #expect(told.record == server.note && told.versions.count == 1)
    try server.reopen()
    let again = try server.staged(entry, by: server.worker).verdict
    #expect(again == first)
    let name = QuarantineName(actor: server.worker.actor, entry: entry.number)
    #expect(try server.store().load().directory.quarantine.entries[name]?.isHeld == true)
    #expect(try server.store().quarantinedChanges(name)?.map(\.change) == entry.changes)
    #expect(try server.store().verify().isSound)
    try server.close()
    for file in try FileManager.default.subpathsOfDirectory(atPath: server.home) {
      let bytes = FileManager.default.contents(atPath: server.home + "/" + file) ?? Data()
      #expect(bytes.range(of: Data(Self.canary.utf8)) == nil, "\(file)")
    }
    try server.reopen()
    // What it says she knew counts, and not that it is a confirmation.
    let unknowing = try confirmation(of: entry, by: server, seen: [])
    let asked = try server.staged(unknowing, by: server.worker).verdict
    #expect(asked.isHeld)
    let confirmed = try confirmation(of: entry, by: server, seen: told.versions)
    #expect(try server.push(confirmed, by: server.worker).refusal == nil)
    #expect(try server.record(server.note).text(Field.Note.title) == Self.canary)
    let store = try server.reopen()
    #expect(try store.load().directory.quarantine.isEmpty)
    #expect(try store.quarantineDecision(name)?.outcome == .accepted)
    #expect(try store.quarantinedChanges(name) == nil && store.verify().isSound)
  }

  @Test("What stands for it and is held again takes its place, over a restart too")
  func again() throws {
    let server = try RightsServer()
    let entry = try server.entry([title(server)], by: server.worker)
    try released(server)
    try server.push(entry, by: server.worker)
    let unknowing = try confirmation(of: entry, by: server, seen: [])
    let second = try server.push(unknowing, by: server.worker)
    #expect(second.isHeld)
    let waiting = try server.reopen().load().directory.quarantine.entries
    #expect(waiting.keys.map(\.entry) == [entry.number + 1])
    let name = QuarantineName(actor: server.worker.actor, entry: entry.number)
    #expect(try server.store().quarantineDecision(name)?.outcome == .accepted)
  }

  @Test("What the device knew is in the log, and in what others are given")
  func logged() throws {
    let server = try RightsServer()
    try released(server)
    let plain = try server.entry([title(server)], by: server.worker)
    let old = try #require(plain.changes.first)
    let release = try #require(
      try server.store().load().governing.audienceRecords(of: server.note, in: server.caseID).first)
    let seen = AudienceVersion(
      record: release, version: try #require(try server.store().record(release)).state.version)
    let header = ChangeHeader(
      record: old.header.record, id: old.header.id, author: old.header.author,
      writtenAt: old.header.writtenAt, version: old.header.version, audienceSeen: [seen])
    let change = EncodedChange(header: header, payload: old.payload)
    let entry = JournalEntry(number: plain.number, changes: [change])
    #expect(try server.push(entry, by: server.worker).refusal == nil)
    let delivered = try server.reopen().changes(of: server.note, after: 0)
    #expect(delivered.last?.header == header && delivered.last?.payload == old.payload)
    #expect(try server.store().verify().isSound)
  }
}
