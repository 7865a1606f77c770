import CRDT
import CaseModel
import Testing
import WireProtocol

@testable import Replication
@testable import Storage

/// Three tenants: a case was opened in the first, and goes by the second to the third.
final class TransferChain {
  let first: RightsServer
  let second: RightsServer
  let third: RightsServer
  /// Who confirms, in the first and the second.
  private let others: [RightsServer.Member]
  private var files = 0

  var caseID: Identifier { first.caseID }
  var note: Identifier { first.note }

  init() throws {
    first = try RightsServer()
    second = try RightsServer(seed: 2, tenant: "Anden")
    third = try RightsServer(seed: 3, tenant: "Tredje")
    others = [try first.enrol("Bo", as: .leader), try second.enrol("Ib", as: .leader)]
  }

  /// Who confirms what the leader of a tenant proposes.
  func other(in server: RightsServer) -> RightsServer.Member { others[server === first ? 0 : 1] }

  /// Two leaders move a case.
  func move(_ caseID: Identifier, from server: RightsServer, to next: RightsServer) throws {
    let (id, card) = (server.identifier(), try next.store().card)
    let draft = CaseWork.transfer(
      id: id, case: caseID, to: card.tenant, name: card.name, card: card.fingerprint, ground: "moves")
    try #require(try server.push([draft], by: server.leader).refusal == nil)
    let confirmer = other(in: server)
    let word = CaseWork.confirm(try server.record(id), by: confirmer.person)
    try #require(try server.push([word], by: confirmer).refusal == nil)
  }

  /// Writes what has moved to a tenant.
  func send(_ server: RightsServer, to next: RightsServer) throws -> (path: String, summary: TransferSummary)
  {
    files += 1
    let path = first.directory.path("moved-\(files)")
    return (path, try server.store().send(to: next.store().card, file: path, at: server.now))
  }

  @discardableResult
  func receive(
    _ path: String, at server: RightsServer, from before: RightsServer, isDryRun: Bool = false
  ) throws -> TransferSummary {
    try server.store().receive(path, from: before.store().card, at: server.now, isDryRun: isDryRun) { _, _ in
    }
  }

  /// The case goes to the second tenant, where the worker goes on with it.
  func handOver() throws -> RightsServer.Member {
    try move(caseID, from: first, to: second)
    try receive(send(first, to: second).path, at: second, from: first)
    return try confirmWorker(in: second)
  }

  /// The leader of a tenant confirms the part of the first one's worker, who is invited under her name.
  func confirmWorker(in server: RightsServer) throws -> RightsServer.Member {
    let worker = try server.enrol("Poul", as: .coreTeam, person: first.worker.person)
    let part = try #require(try parts(in: server).first { Participation($0)?.person == worker.person })
    let draft = CaseWork.arrival(id: server.identifier(), in: caseID, confirming: [part.id])
    try #require(try server.push([draft], by: server.leader).refusal == nil)
    return worker
  }

  /// The participations that wait in a tenant.
  func parts(in server: RightsServer) throws -> [CaseRecord] {
    try server.store().load().governing.suspendedRecords(of: caseID).map { try server.record($0) }
      .filter { $0.kind == .participant }
  }

  func mayRead(_ person: Identifier, in server: RightsServer) throws -> Bool {
    let reference = try #require(try server.store().reference(note))
    return may(person, .read, reference, at: server.now, in: try server.store().load().governing).isAllowed
  }

  func write(_ title: String, by member: RightsServer.Member, in server: RightsServer) throws {
    var draft = RecordDraft.change(try server.record(note))
    draft.write(Field.Note.title, title)
    try #require(try server.push([draft], by: member).refusal == nil)
  }

  func isSound(_ server: RightsServer) throws -> Bool {
    let reader = try server.store().openReader()
    defer { try? reader.close() }
    return try reader.verify(ledger: server.ledger).isSound
  }
}
