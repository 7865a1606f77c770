import CRDT
import CaseModel
import GRDB
import Testing
import WireProtocol

@testable import Replication
@testable import Storage

/// A case that came from another tenant goes on to a third, and to a fourth if need be.
@Suite struct TransferChainTests {
  private let chain: TransferChain

  init() throws { chain = try TransferChain() }

  private func code(_ body: () throws -> Void) throws -> TransferError.Code? {
    do {
      try body()
      return nil
    } catch let error as TransferError {
      return error.code
    }
  }

  @Test("What arrives is what left, with the chains of both tenants, and what each of them signed")
  func onward() throws {
    let (second, third) = (chain.second, chain.third)
    let worker = try chain.handOver()
    try chain.write("written there", by: worker, in: second)
    try chain.move(chain.caseID, from: second, to: third)
    let sent = try chain.send(second, to: third)
    let before = try second.store().offeredChanges(of: chain.note)
    let looked = try chain.receive(sent.path, at: third, from: second, isDryRun: true)
    #expect(try third.store().record(chain.note) == nil && third.store().handovers().isEmpty)
    let received = try chain.receive(sent.path, at: third, from: second)
    #expect(received.changes == sent.summary.changes && received.newChanges == sent.summary.changes)
    #expect(looked.newChanges == received.newChanges && looked.records == received.records)
    #expect(received.through == [try chain.first.store().card])

    let after = try third.store().offeredChanges(of: chain.note)
    #expect(after.map(\.change) == before.map(\.change) && after.map(\.previous) == before.map(\.previous))
    #expect(after.map(\.stamp.receivedAt) == before.map(\.stamp.receivedAt))
    #expect(try third.store().record(chain.note)?.state == second.store().record(chain.note)?.state)
    #expect(try third.store().record(chain.note)?.facts?.tenant == chain.first.tenant.id)
    #expect(try chain.isSound(third))
    try third.reopen()
    #expect(try chain.isSound(third))
    // Twice harms nothing.
    #expect(try chain.receive(sent.path, at: third, from: second).newChanges == 0)
    #expect(try third.store().handovers().count == 2 && chain.isSound(third))
  }

  @Test("A client sees that a history goes through the heads when it is told of the tenants on the way")
  func history() throws {
    let worker = try chain.handOver()
    try chain.write("written there", by: worker, in: chain.second)
    try chain.move(chain.caseID, from: chain.second, to: chain.third)
    try chain.receive(chain.send(chain.second, to: chain.third).path, at: chain.third, from: chain.second)
    let store = try chain.third.store()
    let snapshot = try #require(try store.record(chain.note))
    let changes = try store.changes(of: chain.note, after: 0)
    let homes = try store.load().directory.homes
    let tenants = Set(changes.compactMap { homes[$0.header.id.actor] })
    #expect(tenants == [chain.first.tenant.id, chain.second.tenant.id])
    let told = RecordHistory(record: chain.note, changes: changes, devices: [:], tenants: tenants)
    let untold = RecordHistory(record: chain.note, changes: changes, devices: [:])
    #expect(told.explains(snapshot, tenant: chain.third.tenant.id))
    #expect(!untold.explains(snapshot, tenant: chain.third.tenant.id))
    let cut = RecordHistory(
      record: chain.note, changes: Array(changes.dropLast()), devices: [:], tenants: tenants)
    #expect(!cut.explains(snapshot, tenant: chain.third.tenant.id))
  }

  @Test("What gave rights in either tenant gives none, also what the second had confirmed")
  func suspended() throws {
    let (second, third) = (chain.second, chain.third)
    let worker = try chain.handOver()
    #expect(try chain.mayRead(worker.person, in: second))
    let added = CaseWork.participant(
      id: second.identifier(), in: chain.caseID, person: second.worker.person, role: .coreTeam)
    try #require(try second.push([added], by: second.leader).refusal == nil)
    try chain.move(chain.caseID, from: second, to: third)
    #expect(try !chain.mayRead(worker.person, in: second))
    try chain.receive(chain.send(second, to: third).path, at: third, from: second)

    let there = try third.enrol("Ny", as: .coreTeam, person: second.worker.person)
    let waiting = Set(try chain.parts(in: third).compactMap { Participation($0)?.person })
    #expect(waiting.isSuperset(of: [worker.person, there.person, chain.first.leader.person]))
    #expect(try !chain.mayRead(worker.person, in: third) && !chain.mayRead(there.person, in: third))
    // Neither of the moves before holds here, and nobody can confirm what the second confirmed.
    #expect(try !third.store().load().governing.isTakenOver(chain.caseID))
    let own = try chain.confirmWorker(in: third)
    #expect(try chain.mayRead(own.person, in: third) && !chain.mayRead(there.person, in: third))
    try chain.write("goes on", by: own, in: third)
    try third.reopen()
    #expect(try chain.mayRead(own.person, in: third) && !chain.mayRead(there.person, in: third))
    #expect(try chain.isSound(third))
  }

  @Test("What was erased on the way stays so")
  func erased() throws {
    let (second, third) = (chain.second, chain.third)
    // Of two changes, only one says where the note lies.
    try chain.write("before", by: chain.first.worker, in: chain.first)
    _ = try chain.handOver()
    let early = try chain.send(chain.first, to: second)
    let erasure = CaseWork.erase(
      id: second.identifier(), in: chain.caseID, records: [chain.note], ground: "archived")
    try #require(try second.push([erasure], by: second.leader).refusal == nil)
    let confirmer = chain.other(in: second)
    let word = CaseWork.confirm(try second.record(erasure.id), by: confirmer.person)
    try #require(try second.push([word], by: confirmer).refusal == nil)
    // Neither the file from before brings it back, nor does it go on.
    try chain.receive(early.path, at: second, from: chain.first)
    #expect(try second.store().isErased(chain.note))
    try chain.move(chain.caseID, from: second, to: third)
    try chain.receive(chain.send(second, to: third).path, at: third, from: second)
    #expect(try third.store().record(chain.note) == nil)
    #expect(try third.store().load().governing.isErased(chain.note, in: chain.caseID))
    #expect(try chain.isSound(second) && chain.isSound(third))
    // Nor does it come back by another way: the first takes the move back, and hands over to the third.
    let transfer = try #require(try chain.first.movedBy(chain.caseID))
    let end = try #require(CaseWork.end(governing: transfer))
    try #require(try chain.first.push([end], by: chain.first.leader).refusal == nil)
    try chain.move(chain.caseID, from: chain.first, to: third)
    try chain.receive(chain.send(chain.first, to: third).path, at: third, from: chain.first)
    #expect(try third.store().isErased(chain.note))
    #expect(try third.store().record(chain.caseID) != nil && chain.isSound(third))
  }

  @Test("What is not proven is not handed on; the file from before, taken in again, proves it")
  func unproven() throws {
    let (first, second, third) = (chain.first, chain.second, chain.third)
    _ = try chain.handOver()
    let before = try chain.send(first, to: second)
    try chain.move(chain.caseID, from: second, to: third)
    try second.store().database.inDatabase { try $0.execute(sql: "DROP TABLE handover") }
    #expect(try code { _ = try chain.send(second, to: third) } == .unproven)
    #expect(try chain.receive(before.path, at: second, from: first).newChanges == 0)
    let sent = try chain.send(second, to: third)
    #expect(try chain.receive(sent.path, at: third, from: second).newChanges > 0)
  }

  @Test("A case does not come back to a tenant that had it")
  func back() throws {
    let (first, second) = (chain.first, chain.second)
    _ = try chain.handOver()
    let position = try first.store().position
    try chain.move(chain.caseID, from: second, to: first)
    var refused: TransferError?
    do { _ = try chain.send(second, to: first) } catch { refused = error as? TransferError }
    #expect(refused == TransferError(.cameBack, record: chain.caseID))
    #expect(try first.store().position == position)
    #expect(try code { _ = try chain.send(second, to: second) } == .ownCard)
  }

  @Test("Persons go along who came from elsewhere, but not to where they came from")
  func register() throws {
    let (first, second, third) = (chain.first, chain.second, chain.third)
    let person = first.worker.person
    try namePerson(in: chain)
    try chain.move(second.caseID, from: second, to: third)
    try chain.receive(chain.send(second, to: third).path, at: third, from: second)
    let (known, arrived) = (try first.store().record(person), try third.store().record(person))
    #expect(arrived != nil && arrived?.state == known?.state && arrived?.facts?.tenant == first.tenant.id)
    #expect(try third.store().record(chain.caseID) == nil && chain.isSound(third))

    let other = try TransferChain()
    try namePerson(in: other)
    try other.move(other.second.caseID, from: other.second, to: other.first)
    let back = try other.send(other.second, to: other.first)
    #expect(try other.receive(back.path, at: other.first, from: other.second).newChanges > 0)
    #expect(try other.isSound(other.first))

    // Who took her in before proofs were kept hands over its own case without her.
    let bare = try TransferChain()
    try namePerson(in: bare)
    try bare.second.store().database.inDatabase { try $0.execute(sql: "DROP TABLE handover") }
    try bare.move(bare.second.caseID, from: bare.second, to: bare.third)
    try bare.receive(bare.send(bare.second, to: bare.third).path, at: bare.third, from: bare.second)
    #expect(try bare.third.store().record(bare.first.worker.person) == nil && bare.isSound(bare.third))
  }

  /// Somebody whom the first tenant's register knows takes part in a case that was opened in the second.
  private func namePerson(in chain: TransferChain) throws {
    let (person, second) = (chain.first.worker.person, chain.second)
    let name = CaseWork.person(id: person, name: "Poul")
    try #require(try chain.first.push([name], by: chain.first.leader).refusal == nil)
    _ = try chain.handOver()
    let part = CaseWork.participant(
      id: second.identifier(), in: second.caseID, person: person, role: .coreTeam)
    try #require(try second.push([part], by: second.leader).refusal == nil)
  }

  @Test("What the first tenant writes later comes by the second to the third")
  func later() throws {
    let (first, second, third) = (chain.first, chain.second, chain.third)
    _ = try chain.handOver()
    try chain.move(chain.caseID, from: second, to: third)
    try chain.receive(chain.send(second, to: third).path, at: third, from: second)
    let id = first.identifier()
    let late = CaseWork.note(
      id: id, in: chain.caseID, about: [first.child], text: "on a visit", on: first.day)
    // Accepted there although the case has moved, as a leader does with what waits.
    let transfer = try #require(try first.movedBy(chain.caseID))
    try #require(
      try first.push([try #require(CaseWork.end(governing: transfer))], by: first.leader).refusal == nil)
    try #require(try first.push([late], by: first.worker).refusal == nil)
    try chain.move(chain.caseID, from: first, to: second)
    try chain.receive(chain.send(first, to: second).path, at: second, from: first)
    try chain.receive(chain.send(second, to: third).path, at: third, from: second)
    #expect(try third.store().record(id)?.state == first.store().record(id)?.state)
    #expect(try third.store().record(id) != nil && chain.isSound(third))
  }
}

extension RightsServer {
  /// The transfer of a case.
  fileprivate func movedBy(_ caseID: Identifier) throws -> CaseRecord? {
    let records = try store().records(at: caseID).filter { $0.kind == RecordKind.transfer.rawValue }
    return try records.first.map { try record($0.record) }
  }
}
