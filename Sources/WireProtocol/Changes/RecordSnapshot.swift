public import CRDT

/// A record as a store keeps it and a server delivers it: its facts, each actor's chain head, and the merged
/// state.
public struct RecordSnapshot: Hashable, Sendable {
  /// The end of one actor's chain.
  public struct Head: Hashable, Sendable {
    /// The actor and the number of its last change.
    public let id: ChangeID
    /// That change's digest.
    public let digest: Digest
    /// When the server received it; 0 for a change that no server stamped.
    public let receivedAt: Int64
    /// Whether it was accepted; otherwise it is void.
    public let isAccepted: Bool
    /// The rest of the server's stamp.
    public let seal: Seal?

    /// Describes a head.
    public init(
      id: ChangeID, digest: Digest, receivedAt: Int64 = 0, isAccepted: Bool = true, seal: Seal? = nil
    ) {
      self.id = id
      self.digest = digest
      self.receivedAt = receivedAt
      self.isAccepted = isAccepted
      self.seal = seal
    }
  }

  /// The record.
  public let record: Identifier
  /// Its facts; `nil` as long as no accepted change created it.
  public private(set) var facts: RecordFacts?
  /// The account that created it.
  public private(set) var creator: Identifier?
  /// When the server received the change that created it, in milliseconds since 1970; 0 as long as no server
  /// did.
  public private(set) var receivedAt: Int64
  /// One head an actor.
  public private(set) var heads: [ActorID: Head]
  /// The merged state.
  public private(set) var state: RecordState

  /// A record of which nothing is known.
  public init(record: Identifier) {
    self.record = record
    receivedAt = 0
    heads = [:]
    state = RecordState()
  }

  init(
    record: Identifier, facts: RecordFacts?, creator: Identifier?, receivedAt: Int64, heads: [ActorID: Head],
    state: RecordState
  ) {
    self.record = record
    self.facts = facts
    self.creator = creator
    self.receivedAt = receivedAt
    self.heads = heads
    self.state = state
  }

  /// The digest that an actor's next change chains to.
  public func digest(of actor: ActorID, tenant: Identifier) -> Digest {
    heads[actor]?.digest ?? Chain.start(tenant: tenant, record: record, actor: actor)
  }

  /// Takes in an accepted change.
  ///
  /// - Throws: `ProtocolError` `CAUSALITY` when it is not its actor's next: a store or a peer left something
  ///   out.
  public mutating func accept(_ change: Change, creates: RecordFacts?, head: Head) throws {
    guard state.isNext(change.id) else { throw ProtocolError(.causality) }
    if let creates, facts == nil {
      facts = creates
      creator = change.context.author
      receivedAt = head.receivedAt
    }
    state.apply(change)
    heads[head.id.actor] = head
  }

  /// Takes away what a change said, as far as it still has effect. That the change was there stays.
  public mutating func erase(_ change: ChangeID) { state = state.erasing(change) }

  /// Notes a void change.
  ///
  /// - Throws: `ProtocolError` `CAUSALITY` when it is not its actor's next.
  public mutating func void(head: Head) throws {
    guard state.isNext(head.id) else { throw ProtocolError(.causality) }
    state.applyVoid(head.id)
    heads[head.id.actor] = head
  }
}
