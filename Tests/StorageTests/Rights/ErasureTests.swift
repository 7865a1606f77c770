import CRDT
import CaseModel
import Foundation
import Testing
import WireProtocol

@testable import Replication
@testable import Storage

/// What two persons have erased is nowhere at the server, and stays so.
@Suite struct ErasureTests {
  private let server: RightsServer
  private let second: RightsServer.Member

  init() throws {
    server = try RightsServer()
    second = try server.enrol("Anden", as: .leader)
  }

  private func propose(by member: RightsServer.Member? = nil) throws -> Identifier {
    let id = server.identifier()
    let draft = CaseWork.erase(
      id: id, in: server.caseID, records: [server.note, server.identifier()], ground: "kept too long")
    #expect(try server.push([draft], by: member ?? server.leader).refusal == nil)
    return id
  }

  @discardableResult
  private func confirm(_ id: Identifier, by member: RightsServer.Member) throws -> EntryVerdict {
    try server.push([CaseWork.confirm(server.record(id), by: member.person)], by: member)
  }

  private func erase() throws { #expect(try confirm(propose(), by: second).refusal == nil) }

  private func title(_ text: String) throws -> RecordDraft {
    var draft = RecordDraft.change(try server.record(server.note))
    draft.write(Field.Note.title, text)
    return draft
  }

  private func code<Value>(_ body: () throws -> Value) -> StorageError.Code? {
    do {
      _ = try body()
      return nil
    } catch {
      return (error as? StorageError)?.code
    }
  }

  @Test("One person alone erases nothing, and nobody confirms what she proposed")
  func twoPersons() throws {
    let id = try propose()
    #expect(try server.mayRead(server.worker) && server.store().isErased(server.note) == false)
    #expect(try confirm(id, by: server.leader).refusal?.code == .forbidden)
    #expect(try confirm(id, by: server.worker).refusal?.code == .forbidden)
    let forOther = CaseWork.confirm(try server.record(id), by: server.worker.person)
    #expect(try server.push([forOther], by: second).refusal?.code == .forbidden)
    let end = try #require(CaseWork.end(governing: server.record(id)))
    #expect(try server.push([end], by: server.leader).refusal == nil)
    #expect(try confirm(id, by: second).refusal?.code == .forbidden)
    #expect(try server.mayRead(server.worker) && server.store().isErased(server.note) == false)
  }

  @Test("What governs, another case's records and a proposal without a reason are not taken")
  func notErased() throws {
    for draft in [
      CaseWork.erase(id: server.identifier(), in: server.caseID, records: [server.consent], ground: "x"),
      CaseWork.erase(id: server.identifier(), in: server.caseID, records: [server.caseID], ground: "x"),
      CaseWork.erase(id: server.identifier(), in: server.caseID, records: [server.note]),
      CaseWork.erase(id: server.identifier(), in: server.caseID, records: [], ground: "x"),
    ] {
      #expect(try server.push([draft], by: server.leader).refusal?.code == .forbidden)
    }
    let other = server.identifier()
    try server.push(
      CaseWork.open(
        case: other, label: "F02", on: server.day, creator: server.leader.person, as: .leader,
        identify: { _ in server.identifier() }), by: server.leader)
    let id = server.identifier()
    let draft = CaseWork.erase(id: id, in: other, records: [server.note], ground: "of another case")
    try server.push([draft], by: server.leader)
    #expect(try confirm(id, by: second).refusal == nil)
    #expect(try server.mayRead(server.worker) && server.store().isErased(server.note) == false)
  }

  @Test("It is gone with the commit, from every device that has it, and from the files")
  func gone() throws {
    let canary = Array(RandomWriter.canary.utf8)
    try server.push([title(RandomWriter.canary)], by: server.worker)
    try erase()
    let store = try server.store()
    #expect(store.isErased(server.note) && code { try store.record(server.note) } == .erased)
    for member in [server.worker, server.professional] {
      #expect(try store.exits(of: member.actor).map(\.record) == [server.note])
      #expect(try !server.mayRead(member))
    }
    #expect(store.verify().isSound && store.verify().erasedRecords == 1)
    try server.close()
    for name in try FileManager.default.subpathsOfDirectory(atPath: server.directory.path("")) {
      guard let bytes = FileManager.default.contents(atPath: server.directory.path(name)) else { continue }
      #expect(bytes.firstRange(of: Data(canary)) == nil, "\(name)")
    }
    #expect(try server.reopen().isErased(server.note))
  }

  @Test("Work that was written without a network is refused, says why, and the journal goes on")
  func lateWork() throws {
    let before = try server.entry([title("one")], by: server.worker)
    let stranger = try server.enrol("Fremmed", as: .coreTeam)
    let guess = try server.entry([title("guess")], by: stranger)
    try erase()
    func changed(_ number: UInt64, _ entry: UInt64, beside: Identifier? = nil) throws -> JournalEntry {
      let old = try #require(before.changes.first)
      let header = ChangeHeader(
        record: server.note, id: ChangeID(actor: server.worker.actor, number: number),
        author: server.worker.account.id, writtenAt: server.now,
        version: old.header.version.replacing(server.worker.actor, by: number - 1))
      let other = try beside.map { id in
        try server.entry(
          [CaseWork.note(id: id, in: server.caseID, text: "beside", on: server.day)], by: server.worker
        ).changes[0]
      }
      return JournalEntry(
        number: entry,
        changes: [EncodedChange(header: header, payload: old.payload)] + [other].compactMap(\.self))
    }
    let first = try server.push(before, by: server.worker)
    #expect(first.refusal?.code == .erased && first.seals.count == 1)
    let second = try server.push(changed(2, before.number + 1), by: server.worker)
    #expect(second.refusal?.code == .erased)
    try server.reopen()
    let beside = server.identifier()
    let mixed = try changed(3, before.number + 2, beside: beside)
    let third = try server.push(mixed, by: server.worker)
    #expect(third.refusal == EntryVerdict.Refusal(code: .erased, change: 0) && third.seals.count == 2)
    // Asked again it is the same.
    try server.reopen()
    let again = try server.staged(mixed, by: server.worker)
    #expect(again.verdict == third)
    let note = CaseWork.note(id: server.identifier(), in: server.caseID, text: "after", on: server.day)
    #expect(try server.push([note], by: server.worker).refusal == nil)
    #expect(try server.push(guess, by: stranger).refusal?.code == .notAvailable)
    #expect(try server.store().verify().isSound)
    #expect(try server.reopen().verify().isSound)
  }

  /// A copy of a device goes on under another name, and hands over what was accepted long ago.
  @Test(
    "Of a revoked device what was accepted and then erased is refused like the rest, and its journal goes on")
  func standInOfErased() throws {
    let original = try server.entry([title("one")], by: server.worker)
    #expect(try server.push(original, by: server.worker).refusal == nil)
    try erase()
    let first = try #require(original.changes.first)
    let start = Chain.start(tenant: server.tenant.id, record: server.note, actor: server.worker.actor)
    let origin = ChangeOrigin(header: first.header, previous: start, stamp: nil)
    let header = ChangeHeader(
      record: server.note, id: ChangeID(actor: server.professional.actor, number: 1),
      author: server.professional.account.id, writtenAt: server.now, version: first.header.version,
      originDigest: origin.digest(ofPayload: first.payload))
    let change = EncodedChange(header: header, payload: first.payload, origin: origin)
    try server.revoke(server.professional)
    let verdict = try server.push(JournalEntry(number: 1, changes: [change]), by: server.professional)
    #expect(verdict.refusal?.code == .accessEnded && verdict.seals.count == 1)
    #expect(try server.store().verify().isSound)
  }

  @Test("What waits for a decision on it is decided, and nothing more waits for it")
  func quarantine() throws {
    let draft = try title("late")
    let first = try server.entry([draft], by: server.worker)
    try server.push(
      [CaseWork.end(participant: server.part(of: server.worker), on: server.day)], by: server.leader)
    #expect(try server.push(first, by: server.worker).isQuarantined)
    #expect(try server.store().load().directory.quarantine.entries.count == 1)
    let name = QuarantineName(actor: server.worker.actor, entry: first.number)
    try erase()
    #expect(try server.store().load().directory.quarantine.isEmpty)
    #expect(try server.store().quarantineDecision(name)?.outcome == .refused(.erased))
    let old = try #require(first.changes.first)
    let header = ChangeHeader(
      record: server.note, id: ChangeID(actor: server.worker.actor, number: 2),
      author: server.worker.account.id, writtenAt: server.now,
      version: old.header.version.replacing(server.worker.actor, by: 1))
    let later = JournalEntry(
      number: first.number + 1, changes: [EncodedChange(header: header, payload: old.payload)])
    let verdict = try server.push(later, by: server.worker)
    #expect(!verdict.isQuarantined && verdict.refusal?.code == .notAvailable)
    #expect(try server.store().verify().isSound)
  }

  /// The database has the entry and not the erasure: the commit was cut off behind the ledger, or a copy from
  /// before was put back.
  @Test("What waits for a decision on it is decided where the ledger alone has the erasure")
  func quarantineBehindTheLedger() throws {
    let entry = try server.entry([title("late")], by: server.worker)
    try server.push(
      [CaseWork.end(participant: server.part(of: server.worker), on: server.day)], by: server.leader)
    #expect(try server.push(entry, by: server.worker).isQuarantined)
    try server.backUp()
    try server.copyFolder(to: "copy")
    try erase()
    let name = QuarantineName(actor: server.worker.actor, entry: entry.number)
    for restored in [false, true] {
      try server.setBack(toBackup: restored)
      let store = try server.store()
      #expect(store.isErased(server.note), "\(restored)")
      #expect(try store.load().directory.quarantine.isEmpty)
      #expect(try store.quarantineDecision(name)?.outcome == .refused(.erased))
      #expect(try store.quarantinedChanges(name) == nil)
      #expect(store.verify().isSound)
    }
  }

  @Test("A server that is set back erases it again, and takes it from nobody")
  func setBack() throws {
    let change = try server.entry([title("one")], by: server.worker)
    let verdict = try server.push(change, by: server.worker)
    try server.backUp()
    try server.copyFolder(to: "copy")
    try erase()
    for restored in [false, true] {
      try server.setBack(toBackup: restored)
      let store = try server.store()
      #expect(store.isErased(server.note) && !store.isInRecovery, "\(restored)")
      #expect(try !server.mayRead(server.worker))
      #expect(try server.giveBack(change, verdict, by: server.worker) == [.offerThere])
      #expect(code { try store.record(server.note) } == .erased)
      #expect(store.verify().isSound)
    }
  }

  /// Who keeps the log knows header, place and digest, and has few values to try.
  @Test("What it said is not found by trying values against the digest that stays")
  func dictionary() throws {
    let entry = try server.entry([title("high")], by: server.worker)
    try server.push(entry, by: server.worker)
    try erase()
    let store = try server.store()
    let change = try #require(entry.changes.first)
    let kept = try #require(try store.digest(of: change.header.id, in: server.note))
    let start = Chain.start(tenant: server.tenant.id, record: server.note, actor: server.worker.actor)
    func digest(_ word: String, _ salt: Identifier) -> Digest {
      let operation = Operation(field: Field.Note.title.id, action: .assign(.text(word)))
      let payload = Payload(salt: salt, operations: [operation]).encoded
      return EncodedChange(header: change.header, payload: payload).digest(after: start)
    }
    let salt = try Payload(encoded: change.payload).salt
    #expect(digest("high", salt) == kept)
    let known = [
      Identifier(high: 0, low: 0), server.note, server.caseID, server.tenant.id, server.worker.account.id,
      server.worker.person, server.child,
    ]
    for word in ["low", "medium", "high"] {
      for salt in known { #expect(digest(word, salt) != kept) }
    }
    // The random bytes, without which nobody can try, are nowhere.
    try server.close()
    for name in try FileManager.default.subpathsOfDirectory(atPath: server.directory.path("")) {
      let bytes = FileManager.default.contents(atPath: server.directory.path(name)) ?? Data()
      #expect(bytes.firstRange(of: Data(salt.bytes)) == nil, "\(name)")
    }
  }

  private func change(_ record: Identifier, _ number: UInt64) -> EncodedChange {
    let header = ChangeHeader(
      record: record, id: ChangeID(actor: server.worker.actor, number: number),
      author: server.worker.account.id, writtenAt: server.now,
      version: VersionVector().replacing(server.worker.actor, by: number - 1))
    let operation = Operation(field: Field.Note.title.id, action: .assign(.text("late")))
    return EncodedChange(
      header: header, payload: Payload(salt: server.identifier(), operations: [operation]).encoded)
  }

  /// The ledger tells the database, which never had the record, that it was erased.
  @Test("A server set back to before the record has devices wipe it, and takes note of what they write in it")
  func setBackBehindTheRecord() throws {
    try server.copyFolder(to: "copy")
    let note = server.identifier()
    try server.push(
      [CaseWork.note(id: note, in: server.caseID, text: "later", on: server.day)], by: server.leader)
    let id = server.identifier()
    let draft = CaseWork.erase(id: id, in: server.caseID, records: [note], ground: "x")
    try server.push([draft], by: server.leader)
    #expect(try confirm(id, by: second).refusal == nil)
    try server.putFolderBack("copy")
    let store = try server.reopen()
    #expect(store.isErased(note) && store.ledgerReport.missingRecords == 0)
    // The worker's device says that it holds it.
    var stage = try server.stage()
    let held = HeldRecord(record: note, generation: 1)
    stage.list([held], by: server.worker.actor)
    try stage.decideExits()
    try store.commit(stage.group)
    #expect(try store.exits(of: server.worker.actor) == [held])
    var number = try #require(try store.load().directory.devices[server.worker.actor]).journal.entries
    for place in 1...3 {
      number += 1
      let entry = JournalEntry(number: number, changes: [change(note, UInt64(place))])
      #expect(try server.push(entry, by: server.worker).refusal?.code == .notAvailable)
      if place == 2 { try server.reopen() }
    }
    var group = try server.emptyGroup()
    let body: [UInt8] = try WireReceiptBody.with {
      $0.records = [.with { ($0.record, $0.generation) = (.init(note.bytes), 1) }]
    }.serializedBytes()
    group.receipts = [try Receipt(actor: server.worker.actor, body: body, signature: [])]
    try server.store().commit(group)
    #expect(try server.store().exits(of: server.worker.actor).isEmpty)
    #expect(try server.store().verify().isSound)
  }

  @Test("A device that lost its verdict compares itself with the server, and is wanted nothing of it")
  func compared() throws {
    let entry = try server.entry([title("one")], by: server.worker)
    try server.push(entry, by: server.worker)
    try erase()
    let header = try #require(entry.changes.first).header
    let digest = try #require(try server.store().digest(of: header.id, in: server.note))
    var stage = try server.stage()
    let head = KnownHead(record: server.note, change: header.id, digests: [digest], stamp: nil)
    #expect(try stage.inventory([head], of: server.worker.actor).isEmpty)
  }

  @Test("The key goes too of what was created with the group that erases it")
  func createdAndErasedTogether() throws {
    let note = server.identifier()
    let id = server.identifier()
    try server.push(
      [CaseWork.erase(id: id, in: server.caseID, records: [note], ground: "x")], by: server.leader)
    let created = try server.entry(
      [CaseWork.note(id: note, in: server.caseID, text: RandomWriter.canary, on: server.day)],
      by: server.worker)
    let confirmed = try server.entry(
      [CaseWork.confirm(server.record(id), by: second.person)], by: second)
    server.now += 1_000
    var stage = try server.stage()
    for (entry, member) in [(created, server.worker), (confirmed, second)] {
      let verdicts = try stage.judge(
        Push(entries: [entry], signature: []), from: member.actor, submission: 0)
      #expect(verdicts.first?.refusal == nil)
    }
    try stage.decideExits()
    try server.store().commit(stage.group)
    for _ in 0..<2 {
      let store = try server.store()
      #expect(store.isErased(note) && code { try store.record(note) } == .erased)
      #expect(try !store.keys.database.hasKeys(of: [note]) && store.verify().isSound)
      try server.reopen()
    }
  }

  @Test("Half an entry that a ledger gave back is whole when the other half was erased meanwhile")
  func halfErased() throws {
    let drafts = [
      try title("beside"), CaseWork.end(participant: try server.part(of: server.worker), on: server.day),
    ]
    let third = try server.enrol("Tredje", as: .leader)
    let end = try server.entry(drafts, by: third)
    try server.copyFolder(to: "copy")
    let verdict = try server.push(end, by: third)
    try server.putFolderBack("copy")
    try server.reopen()
    try erase()
    for _ in 0..<2 {
      #expect(try server.push(end, by: third).receivedAt == verdict.receivedAt)
      try server.reopen()
    }
    let note = CaseWork.note(id: server.identifier(), in: server.caseID, text: "after", on: server.day)
    #expect(try server.push([note], by: third).refusal?.code != .unexpected)
    #expect(try server.store().verify().isSound)
  }

  @Test("A power failure between the ledger and the database leaves it erased")
  func cutOff() throws {
    try server.copyFolder(to: "copy")
    try erase()
    try server.putFolderBack("copy")
    let store = try server.reopen()
    #expect(store.isErased(server.note) && code { try store.record(server.note) } == .erased)
    #expect(try store.exits(of: server.worker.actor).map(\.record) == [server.note])
    #expect(store.verify().isSound)
  }
}

extension EntryVerdict {
  fileprivate var isQuarantined: Bool { refusal?.isQuarantined == true }
}
