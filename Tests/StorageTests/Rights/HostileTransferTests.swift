import CRDT
import CaseModel
import Foundation
import Testing
import WireProtocol

@testable import Replication
@testable import Storage

/// A tenant hands over what it may not: everything that it signs is well-formed, and goes too far.
@Suite struct HostileTransferTests {
  private let old: RightsServer
  private let new: RightsServer
  private let second: RightsServer.Member

  init() throws {
    old = try RightsServer()
    new = try RightsServer(seed: 2, tenant: "Vallensbæk")
    second = try old.enrol("Anden", as: .leader)
  }

  /// Moves the case; what `bring` writes of it first goes along.
  private func move(after bring: () throws -> Void = {}) throws {
    try bring()
    let (id, card) = (old.identifier(), try new.store().card)
    try old.push(
      [
        CaseWork.transfer(
          id: id, case: old.caseID, to: card.tenant, name: card.name, card: card.fingerprint, ground: "split")
      ], by: old.leader)
    try old.push([CaseWork.confirm(old.record(id), by: second.person)], by: second)
  }

  /// Takes a file in that has these records of the old tenant, and says that it is of these cases.
  private func hand(over records: [Identifier], of cases: [Identifier]) throws -> TransferError.Code? {
    let path = old.directory.path("\(old.identifier())")
    let card = try new.store().card
    let writer = try BundleWriter(path: path, sealedTo: card.agreementKey) {
      BundleHeader(kind: .transfer, tenant: card.tenant, actor: ActorID(rawValue: 0), encapsulatedKey: $0)
    }
    let key = try SigningKey(secret: old.tenant.signingSecret)
    let changes = try records.flatMap { try old.store().offeredChanges(of: $0) }
    let statement = TransferStatement(
      tenant: old.tenant.id, signingKey: key.publicKey, name: "x", writtenAt: old.now, cases: cases,
      actors: Array(Set(changes.map(\.change.header.id.actor))))
    try writer.append(statement.opening(signedWith: key, over: writer.header).serializedBytes())
    try writer.append(
      TransferTransferMessage.with { $0.changes.changes = changes.map(\.message) }.serializedBytes())
    let summary = TransferSummary(records: Set(records).count, changes: changes.count)
    try writer.append(summary.end.serializedBytes())
    _ = try writer.finish()
    do {
      _ = try new.store().receive(path, from: old.store().card, at: new.now) { _, _ in }
      return nil
    } catch {
      return (error as? TransferError)?.code
    }
  }

  private func whole() throws -> [Identifier] {
    let state = try old.store().load().governing
    return try TransferContents(of: [old.caseID], to: new.tenant.id, in: old.store(), state).records
  }

  @Test("Only persons and organisations come into the register")
  func register() throws {
    let basis = old.identifier()
    try move {
      try old.push(
        [CaseWork.legalBasis(id: basis, code: "x", roles: [.leader], types: [.health], daysMax: 1)],
        by: old.leader)
    }
    let before = try new.store().position
    #expect(try hand(over: whole() + [basis], of: [old.caseID]) == .malformed)
    #expect(try new.store().position == before)
    #expect(try hand(over: whole(), of: [old.caseID]) == nil)
  }

  @Test("Nothing comes into a case that the file is not of, nor into one of this tenant's")
  func otherCases() throws {
    // The old tenant makes records in a case that is the new one's, and a case of its id.
    let withholding = old.identifier()
    try old.push([.new(.case, id: new.caseID, in: new.caseID)], by: old.leader)
    try old.push(
      [CaseWork.withhold(id: withholding, in: new.caseID, from: new.worker.person, wholeCase: true)],
      by: old.leader)
    try move()
    #expect(try hand(over: whole() + [withholding], of: [old.caseID]) == .malformed)
    #expect(try hand(over: [new.caseID, withholding], of: [new.caseID]) == .clash)
    #expect(try hand(over: [withholding], of: [new.caseID]) == .malformed)
    #expect(try new.mayRead(new.worker))
  }

  @Test("After somebody here confirmed, a later file changes nothing that governs")
  func later() throws {
    try move()
    #expect(try hand(over: whole(), of: [old.caseID]) == nil)
    let worker = try new.enrol("Poul", as: .coreTeam, person: old.worker.person)
    let waiting = try new.store().load().governing.suspendedRecords(of: old.caseID).map { try new.record($0) }
    let part = try #require(
      waiting.first { $0.kind == .participant && Participation($0)?.person == worker.person })
    try new.push(
      [CaseWork.arrival(id: new.identifier(), in: old.caseID, confirming: [part.id])], by: new.leader)
    let keeping = CaseWork.withhold(
      id: new.identifier(), in: old.caseID, from: worker.person, wholeCase: true)
    #expect(try new.push([keeping], by: new.leader).refusal == nil)
    let reference = try #require(try new.store().reference(old.note))
    func reads() throws -> Bool {
      may(worker.person, .read, reference, at: new.now, in: try new.store().load().governing).isAllowed
    }
    #expect(try !reads())
    // There the move is taken back, somebody is let in, a note is written on, and it moves again.
    let transfer = try #require(try whole().map { try old.record($0) }.first { $0.kind == .transfer })
    let end = try #require(CaseWork.end(governing: transfer))
    try old.push([end], by: old.leader)
    let erasure = CaseWork.erase(id: old.identifier(), in: old.caseID, records: [old.note], ground: "gone")
    try old.push([erasure], by: old.leader)
    var title = RecordDraft.change(try old.record(old.note))
    title.write(Field.Note.title, "written on")
    try old.push([title], by: old.worker)
    try old.push([CaseWork.confirm(old.record(erasure.id), by: second.person)], by: second)
    try move()
    let path = old.directory.path("later")
    _ = try old.store().send(to: new.store().card, file: path, at: old.now)
    let received = try new.store().receive(path, from: old.store().card, at: new.now) { _, _ in }
    #expect(received.left > 0)
    #expect(try !reads() && !new.store().isErased(old.note))
    let reader = try new.store().openReader()
    #expect(try reader.verify(ledger: new.ledger).isSound)
    try reader.close()
  }
}
