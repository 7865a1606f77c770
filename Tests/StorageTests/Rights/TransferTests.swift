import CRDT
import CaseModel
import Foundation
import Testing
import WireProtocol

@testable import Replication
@testable import Storage

/// A case goes from one tenant to another with its history: nobody reads it where it was, and where it comes
/// to nobody does either before somebody there confirms who takes part.
@Suite struct TransferTests {
  private let old: RightsServer
  private let new: RightsServer
  private let second: RightsServer.Member

  init() throws {
    old = try RightsServer()
    new = try RightsServer(seed: 2, tenant: "Vallensbæk")
    second = try old.enrol("Anden", as: .leader)
  }

  private var file: String { old.directory.path("moved") }

  private func propose(to card: TenantCard? = nil) throws -> Identifier {
    let (id, card) = (old.identifier(), try card ?? new.store().card)
    let draft = CaseWork.transfer(
      id: id, case: old.caseID, to: card.tenant, name: card.name, card: card.fingerprint, ground: "split")
    #expect(try old.push([draft], by: old.leader).refusal == nil)
    return id
  }

  private func move() throws {
    let id = try propose()
    #expect(try old.push([CaseWork.confirm(old.record(id), by: second.person)], by: second).refusal == nil)
  }

  private func send(to name: String? = nil) throws -> TransferSummary {
    try old.store().send(to: new.store().card, file: name ?? file, at: old.now)
  }

  @discardableResult
  private func receive(_ name: String? = nil, from card: TenantCard? = nil) throws -> TransferSummary {
    try new.store().receive(name ?? file, from: card ?? old.store().card, at: new.now) { _, _ in }
  }

  private func code(_ body: () throws -> Void) -> TransferError.Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? TransferError)?.code
    }
  }

  private func isSound(_ server: RightsServer) throws -> Bool {
    let reader = try server.store().openReader()
    defer { try? reader.close() }
    return try reader.verify(ledger: server.ledger).isSound
  }

  private func mayRead(_ person: Identifier, _ record: Identifier, in server: RightsServer) throws -> Bool {
    let reference = try #require(try server.store().reference(record))
    return may(person, .read, reference, at: server.now, in: try server.store().load().governing).isAllowed
  }

  @Test("Two leaders move a case; then nobody reads it, and its devices are to wipe it")
  func twoLeaders() throws {
    let id = try propose()
    #expect(try old.mayRead(old.worker) && old.mayRead(old.professional))
    for member in [old.leader, old.worker] {
      let draft = CaseWork.confirm(try old.record(id), by: member.person)
      #expect(try old.push([draft], by: member).refusal?.code == .forbidden)
    }
    #expect(code { _ = try send() } == .nothingToSend)
    #expect(try old.push([CaseWork.confirm(old.record(id), by: second.person)], by: second).refusal == nil)
    #expect(try !old.mayRead(old.worker) && !old.mayRead(old.professional))
    for member in [old.worker, old.professional] {
      #expect(try old.store().exits(of: member.actor).contains { $0.record == old.note })
    }
    // What says so stays with leaders, and nobody else.
    #expect(try mayRead(second.person, id, in: old) && mayRead(second.person, old.caseID, in: old))
    #expect(try !mayRead(old.worker.person, id, in: old))
    var title = RecordDraft.change(try old.record(old.note))
    title.write(Field.Note.title, "late")
    #expect(try old.push([title], by: old.worker).refusal != nil)
    // It was never taken: a leader takes it back.
    let end = try #require(CaseWork.end(governing: old.record(id)))
    #expect(try old.push([end], by: old.leader).refusal == nil)
    #expect(try old.mayRead(old.worker))
    #expect(code { _ = try send() } == .nothingToSend)
  }

  @Test("What arrives is what left: states, history and times; and all of it verifies, also from nothing")
  func arrives() throws {
    let before = try old.store().offeredChanges(of: old.note)
    try move()
    let sent = try send()
    let received = try receive()
    #expect(received.changes == sent.changes && received.records == sent.records && sent.changes > 8)
    #expect(received.newChanges == sent.changes && received.other == "Prøve")
    let after = try new.store().offeredChanges(of: old.note)
    #expect(after.map(\.change) == before.map(\.change) && after.map(\.previous) == before.map(\.previous))
    #expect(after.map(\.stamp.receivedAt) == before.map(\.stamp.receivedAt))
    #expect(try new.store().record(old.note)?.state == old.store().record(old.note)?.state)
    #expect(try isSound(new))
    try new.reopen()
    #expect(try isSound(new))
    #expect(try new.store().record(old.note)?.facts?.tenant == old.tenant.id)
    // Again changes nothing.
    #expect(try receive().newChanges == 0)
    #expect(try isSound(new))
  }

  @Test("Nobody takes part before somebody confirms it, and nobody confirms what gives rights to herself")
  func suspended() throws {
    try old.push(
      [
        CaseWork.withhold(
          id: old.identifier(), in: old.caseID, from: old.professional.person, wholeCase: true)
      ], by: old.leader)
    try move()
    _ = try send()
    try receive()
    // The worker has an account there too, under her own name.
    let worker = try new.enrol("Poul", as: .coreTeam, person: old.worker.person)
    let professional = try new.enrol(
      "Hanne", as: .involvedProfessional, person: old.professional.person)
    let reading = { (member: RightsServer.Member) in
      try mayRead(member.person, old.note, in: new)
    }
    #expect(try !reading(worker) && !reading(professional) && !reading(new.leader))
    // The leader reads who took part, and nothing of content.
    let state = try new.store().load().governing
    let waiting = state.suspendedRecords(of: old.caseID)
    #expect(waiting.count >= 4, "\(waiting.count)")
    let parts = try waiting.map { try new.record($0) }.filter { $0.kind == .participant }
    for part in parts { #expect(try mayRead(new.leader.person, part.id, in: new)) }
    let workers = try #require(parts.first { Participation($0)?.person == worker.person })
    func confirm(_ records: [Identifier], by member: RightsServer.Member) throws -> ErrorCode? {
      try new.push(
        [CaseWork.arrival(id: new.identifier(), in: old.caseID, confirming: records)], by: member
      ).refusal?.code
    }
    #expect(try confirm([workers.id], by: worker) != nil)
    #expect(try confirm([new.identifier()], by: new.leader) == .forbidden)
    #expect(try confirm([workers.id], by: new.leader) == nil)
    #expect(try reading(worker))
    // Once is enough; and what is withheld stays so.
    #expect(try confirm([workers.id], by: new.leader) == .forbidden)
    let rest = parts.map(\.id).filter { $0 != workers.id }
    #expect(try confirm(rest, by: new.leader) == nil)
    #expect(try !reading(professional))
    try new.reopen()
    #expect(try reading(worker) && !reading(professional))
    // She goes on with it, under her new device.
    var title = RecordDraft.change(try new.record(old.note))
    title.write(Field.Note.title, "goes on")
    #expect(try new.push([title], by: worker).refusal == nil)
    #expect(try isSound(new))
    #expect(try receive().newChanges == 0)
  }

  @Test("A leader does not confirm a part of her own")
  func noRightsOfHerOwn() throws {
    let leader = try new.enrol("Ny", as: .leader, person: old.leader.person)
    try move()
    _ = try send()
    try receive()
    let state = try new.store().load().governing
    let parts = try state.suspendedRecords(of: old.caseID).map { try new.record($0) }
    let own = try #require(parts.first { Participation($0)?.person == leader.person })
    let draft = CaseWork.arrival(id: new.identifier(), in: old.caseID, confirming: [own.id])
    #expect(try new.push([draft], by: leader).refusal?.code == .forbidden)
    #expect(try !mayRead(leader.person, old.note, in: new))
    let other = CaseWork.arrival(id: new.identifier(), in: old.caseID, confirming: [own.id])
    #expect(try new.push([other], by: new.leader).refusal == nil)
    #expect(try mayRead(leader.person, old.note, in: new))
  }

  @Test("What was taken over comes back with the ledger, suspended and confirmed as it was")
  func setBack() throws {
    try new.copyFolder(to: "before")
    try move()
    _ = try send()
    try receive()
    let worker = try new.enrol("Poul", as: .coreTeam, person: old.worker.person)
    let state = try new.store().load().governing
    let parts = try state.suspendedRecords(of: old.caseID).map { try new.record($0) }
    let part = try #require(parts.first { Participation($0)?.person == worker.person })
    let draft = CaseWork.arrival(id: new.identifier(), in: old.caseID, confirming: [part.id])
    #expect(try new.push([draft], by: new.leader).refusal == nil)
    try new.putFolderBack("before")
    try new.reopen()
    #expect(try new.store().ledgerReport.lostChanges == 0)
    let after = try new.store().load().governing
    #expect(after.suspendedRecords(of: old.caseID).count == parts.count - 1)
    #expect(after.takesPart(worker.person, in: old.caseID, at: new.now))
    // The content is in the file, which is taken in again.
    #expect(try new.store().record(old.note) == nil)
    #expect(try receive().newChanges > 0)
    #expect(try mayRead(worker.person, old.note, in: new))
    #expect(try isSound(new))
  }

  @Test("A file of another tenant, for another one, cut, or changed is refused, and nothing comes of it")
  func forged() throws {
    try move()
    _ = try send()
    let third = try RightsServer(seed: 3, tenant: "Tredje")
    #expect(code { try receive(from: third.store().card) } == .badSignature)
    #expect(code { try receive(from: new.store().card) } == .ownCard)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    #expect(bytes.range(of: Data("content".utf8)) == nil)
    for (name, data) in [
      ("cut", bytes.dropLast(40)),
      ("flipped", bytes.dropLast(30) + [bytes[bytes.count - 30] ^ 1] + bytes.suffix(29)),
    ] {
      let path = old.directory.path(name)
      try Data(data).write(to: URL(fileURLWithPath: path))
      #expect(throws: BundleError.self) { try receive(path) }
    }
    #expect(throws: BundleError.self) {
      try third.store().receive(file, from: old.store().card, at: third.now) { _, _ in }
    }
    #expect(try new.store().record(old.note) == nil && new.store().record(old.caseID) == nil)
    #expect(code { _ = try send(to: old.directory.path("own")) } == nil)
    #expect(throws: BundleError(.exists)) { _ = try send() }
  }

  @Test("Attachments come with their bytes")
  func attachments() throws {
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let id = old.identifier()
    let draft = CaseWork.attachment(
      id: id, in: old.caseID, about: [old.child],
      name: "brev.pdf", mediaType: "application/pdf",
      size: bytes.count, digest: Digest(hashing: bytes).bytes, on: old.day)
    #expect(try old.push([draft], by: old.worker).refusal == nil)
    let upload = Upload(attachment: id, size: UInt64(bytes.count), digest: Digest(hashing: bytes))
    var group = try old.emptyGroup()
    group.attachments.attachments[id] = StoredAttachment(
      upload: upload, actor: old.worker.actor, stored: upload.size, isComplete: true)
    group.attachments.chunks = stride(from: 0, to: bytes.count, by: Limits.chunkBytes).map {
      AttachmentChunk(
        attachment: id, offset: UInt64($0),
        content: Array(bytes[$0..<min($0 + Limits.chunkBytes, bytes.count)]))
    }
    group.attachments.completed = [id]
    try old.store().commit(group)
    try move()
    #expect(try send().attachments == 1)
    try receive()
    try receive()
    let stored = try #require(try new.store().attachment(id))
    #expect(stored.isComplete && stored.upload == upload)
    #expect(try new.store().content(of: id, at: 0, count: bytes.count) == bytes)
    #expect(try isSound(new))
  }
}
