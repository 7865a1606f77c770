import CRDT
import CaseModel
import Foundation
import Testing
import WireProtocol

@testable import Replication
@testable import Storage

/// A protected contact governs who reads it, and is erased all the same: each address that it ever had, in
/// the log and in the ledger.
@Suite struct ErasedContactTests {
  private let server: RightsServer
  private let second: RightsServer.Member
  private let contact: Identifier
  private let creation: JournalEntry
  private let verdict: EntryVerdict

  init() throws {
    server = try RightsServer()
    second = try server.enrol("Anden", as: .leader)
    contact = server.identifier()
    let draft = CaseWork.protectedContact(
      id: contact, in: server.caseID, about: [server.child], sort: "address", text: RandomWriter.canary,
      audience: [server.leader.person, server.worker.person])
    creation = try server.entry([draft], by: server.worker)
    verdict = try server.push(creation, by: server.worker)
    #expect(verdict.refusal == nil)
    #expect(try server.push([moved("elsewhere")], by: server.worker).refusal == nil)
  }

  private func moved(_ text: String) throws -> RecordDraft {
    var draft = RecordDraft.change(try server.record(contact))
    draft.write(Field.ProtectedContact.text, text)
    return draft
  }

  private func erase(_ records: [Identifier]? = nil) throws {
    let id = server.identifier()
    let draft = CaseWork.erase(
      id: id, in: server.caseID, records: records ?? [contact], ground: "she moved")
    #expect(try server.push([draft], by: server.leader).refusal == nil)
    #expect(try isRead(by: server.worker))
    let word = CaseWork.confirm(try server.record(id), by: second.person)
    #expect(try server.push([word], by: second).refusal == nil)
  }

  private func isRead(by member: RightsServer.Member) throws -> Bool {
    let reference = try #require(try server.store().reference(contact))
    return may(member.person, .read, reference, at: server.now, in: try server.store().load().governing)
      .isAllowed
  }

  @Test("Its key is destroyed, nobody reads it, and what it said is opened nowhere")
  func gone() throws {
    try erase()
    for isReopened in [false, true] {
      let store = try isReopened ? server.reopen() : server.store()
      let report = store.verify()
      #expect(store.isErased(contact) && report.erasedRecords == 1 && report.findings.isEmpty, "\(report)")
      #expect(throws: StorageError.self) { try store.record(contact) }
      #expect(try !isRead(by: server.worker) && !isRead(by: server.leader))
    }
  }

  @Test("Whoever holds it is to wipe it, and what is written in it later is refused")
  func wiped() throws {
    var group = try server.emptyGroup()
    let held = Holding(
      actor: server.worker.actor, record: contact, generation: 1, position: group.position)
    group.holdings = [held]
    group.ledger = [.entered(held.actor, [.init(record: contact, generation: 1)])]
    try server.store().commit(group)
    let late = try server.entry([moved("late")], by: server.worker)
    try erase()
    #expect(try server.store().exits(of: server.worker.actor).map(\.record) == [contact])
    #expect(try server.push(late, by: server.worker).refusal?.code == .erased)
    #expect(try server.store().verify().isSound)
  }

  @Test("What was refused is judged by what governed before, though it is erased", arguments: [false, true])
  func past(isReopened: Bool) throws {
    var note = RecordDraft.change(try server.record(server.note))
    note.write(Field.Note.title, "late")
    let late = try server.entry([note], by: server.worker)
    try erase()
    if isReopened { try server.reopen() }
    try server.push(
      [CaseWork.end(participant: server.part(of: server.worker), on: server.day)], by: server.leader)
    #expect(try server.push(late, by: server.worker).isQuarantined)
  }

  @Test("A server that is set back takes it from no ledger and from no device", arguments: [false, true])
  func setBack(isRestored: Bool) throws {
    try server.backUp()
    try server.copyFolder(to: "copy")
    let beside = server.identifier()
    let note = CaseWork.note(id: beside, in: server.caseID, text: "beside", on: server.day)
    #expect(try server.push([moved("again"), note], by: server.worker).refusal == nil)
    try erase()
    try server.setBack(toBackup: isRestored)
    let store = try server.store()
    #expect(store.isErased(contact) && !store.isInRecovery)
    #expect(try store.record(beside) != nil && !isRead(by: server.worker))
    #expect(throws: StorageError.self) { try store.record(contact) }
    #expect(try server.giveBack(creation, verdict, by: server.worker) == [.offerThere])
    #expect(store.verify().isSound)
    #expect(try server.reopen().verify().isSound)
  }

  /// A copy that was made while the server ran has keys that were nobody's by then.
  @Test(
    "Its key is destroyed in a copy of the keys that does not know whose it is", arguments: [false, true])
  func copyOfKeys(isRestored: Bool) throws {
    let early = try server.identifierOfKey(of: server.note)
    try server.copyFolder(to: "copy")
    try server.backUp()
    let before = CaseWork.note(id: server.identifier(), in: server.caseID, text: "x", on: server.day)
    #expect(try server.push([before], by: server.worker).refusal == nil)
    try server.copyKeys(to: "keys copy")
    let other = server.identifier()
    let draft = CaseWork.protectedContact(
      id: other, in: server.caseID, about: [server.child], sort: "address", text: "new",
      audience: [server.leader.person])
    #expect(try server.push([draft], by: server.worker).refusal == nil)
    let key = try server.identifierOfKey(of: other)
    try erase([other])
    try server.close()
    try server.putKeysBack("keys copy")
    try server.setBack(toBackup: isRestored)
    let store = try server.store()
    #expect(store.isErased(other) && store.ledgerReport.missingRecords == 0)
    #expect(try store.keys.database.key(early) != nil && store.keys.database.key(key) == nil)
  }

  @Test("What else governs is not erased with it")
  func others() throws {
    let draft = CaseWork.erase(
      id: server.identifier(), in: server.caseID, records: [contact, server.consent], ground: "x")
    #expect(try server.push([draft], by: server.leader).refusal?.code == .forbidden)
  }
}
