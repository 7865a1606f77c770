import CRDT
import CaseModel
import Testing
import WireProtocol

@testable import Replication
@testable import Storage

/// The second of three tenants hands on what the first never gave it, or never wrote.
@Suite struct HostileChainTests {
  private let chain: TransferChain

  init() throws {
    chain = try TransferChain()
    _ = try chain.handOver()
    try chain.move(chain.caseID, from: chain.second, to: chain.third)
  }

  private func key(of server: RightsServer) throws -> SigningKey {
    try SigningKey(secret: server.tenant.signingSecret)
  }

  /// What a tenant signs that hands cases over.
  private func handover(
    of cases: [Identifier], to recipient: Identifier, signedWith key: SigningKey? = nil,
    actors: [ActorID]? = nil
  ) throws -> Handover {
    let first = chain.first
    let key = try key ?? self.key(of: first)
    let header = BundleHeader(
      kind: .transfer, tenant: recipient, actor: ActorID(rawValue: 0),
      encapsulatedKey: Array(repeating: 1, count: 32)
    ).encoded
    let card = TenantCard(tenant: first.tenant.id, key: key, name: "Prøve")
    let statement = TransferStatement(
      tenant: first.tenant.id, signingKey: key.publicKey, name: "Prøve", writtenAt: first.now, cases: cases,
      actors: try actors ?? written(by: first))
    let message = statement.opening(signedWith: key, over: header)
    return try Handover(message.opening, from: card, over: header)
  }

  /// Whose changes the second tenant has of a tenant's people.
  private func written(by server: RightsServer) throws -> [ActorID] {
    let store = try chain.second.store()
    let actors = Set(try records().flatMap { try store.record($0)?.heads.keys.map { $0 } ?? [] })
    return actors.filter { store.home(of: $0) == server.tenant.id }.sorted { $0.rawValue < $1.rawValue }
  }

  private func records() throws -> [Identifier] {
    let state = try chain.second.store().load().governing
    return try TransferContents(
      of: [chain.caseID], to: chain.third.tenant.id, in: chain.second.store(), state
    ).records
  }

  /// Takes in, in the third tenant or another, what the second signed with these beside it.
  private func hand(
    _ beside: [TransferTransferMessage], to receiver: RightsServer? = nil, as actors: [ActorID]? = nil
  ) throws -> TransferError.Code? {
    let (second, receiver) = (chain.second, receiver ?? chain.third)
    let path = chain.first.directory.path("\(second.identifier())")
    let card = try receiver.store().card
    let writer = try BundleWriter(path: path, sealedTo: card.agreementKey) {
      BundleHeader(kind: .transfer, tenant: card.tenant, actor: ActorID(rawValue: 0), encapsulatedKey: $0)
    }
    let key = try key(of: second)
    let records = try records()
    let changes = try records.flatMap { try second.store().offeredChanges(of: $0) }
    let statement = TransferStatement(
      tenant: second.tenant.id, signingKey: key.publicKey, name: "x", writtenAt: second.now,
      cases: [chain.caseID], actors: try actors ?? written(by: second))
    try writer.append(statement.opening(signedWith: key, over: writer.header).serializedBytes())
    for message in beside { try writer.append(message.serializedBytes()) }
    try writer.append(
      TransferTransferMessage.with { $0.changes.changes = changes.map(\.message) }.serializedBytes())
    try writer.append(TransferSummary(records: records.count, changes: changes.count).end.serializedBytes())
    _ = try writer.finish()
    let before = try receiver.store().position
    do {
      _ = try receiver.store().receive(path, from: second.store().card, at: receiver.now) { _, _ in }
      return nil
    } catch let error as TransferError {
      #expect(try receiver.store().position == before)
      return error.code
    }
  }

  @Test("What the first tenant signed must be there, whole, of this case, and to the second")
  func proofs() throws {
    let (caseID, second) = (chain.caseID, chain.second.tenant.id)
    #expect(try hand([]) == .unproven)
    #expect(try hand([handover(of: [chain.first.child], to: second).message]) == .unproven)
    #expect(try hand([handover(of: [caseID], to: chain.third.tenant.id).message]) == .unproven)
    let one = try #require(try written(by: chain.first).first)
    #expect(try hand([handover(of: [caseID], to: second, actors: [one]).message]) == .unproven)
    var changed = try handover(of: [chain.first.child], to: second).message
    changed.handover.opening.statement = try handover(of: [caseID], to: second).message.handover.opening
      .statement
    #expect(try hand([changed]) == .unproven)
    #expect(try hand([handover(of: [caseID], to: second).message]) == nil)
  }

  @Test("Nobody is given another tenant's people as her own")
  func people() throws {
    let all = try written(by: chain.first) + written(by: chain.second)
    #expect(try hand([], as: all) == .malformed)
    let proof = try handover(of: [chain.caseID], to: chain.second.tenant.id)
    #expect(try hand([proof.message], as: all) == .unproven)
  }

  @Test("A tenant that is known signs with no other key")
  func otherKey() throws {
    let second = chain.second.tenant.id
    let own = try handover(of: [chain.caseID], to: second)
    let other = try handover(
      of: [chain.caseID], to: second, signedWith: SigningKey(secret: Array(repeating: 9, count: 32)))
    #expect(try hand([own.message, other.message]) == .clash)
    try chain.third.store().keep([own])
    #expect(try hand([other.message]) == .clash)
  }

  @Test("The tenant that had the case takes nothing of it back")
  func back() throws {
    let proof = try handover(of: [chain.caseID], to: chain.second.tenant.id)
    #expect(try hand([proof.message], to: chain.first) == .cameBack)
    #expect(try chain.isSound(chain.first))
  }
}
