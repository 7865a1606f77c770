import CRDT
import CaseModel
import Replication
import Storage
import WireProtocol

/// A server's log in memory, simple enough to be right: what a store is compared with.
struct ModelServer {
  let tenant: NewTenant
  let stampKey: StampKey
  private(set) var position: UInt64 = 0
  private(set) var records: [Identifier: RecordSnapshot] = [:]
  private(set) var heads: [Identifier: UInt64] = [:]
  private(set) var log: [JudgedChange] = []
  private(set) var entries: [JudgedEntry] = []
  private(set) var holdings: [ActorID: [Identifier: Holding]] = [:]
  private var journals: [ActorID: JournalHead] = [:]
  private var clock: Int64 = 1_700_000_000_000

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    tenant = NewTenant(
      id: random.identifier(), name: "Testkommune", epoch: random.identifier(),
      signingSecret: Array(repeating: 7, count: 32), stampSecret: Array(repeating: 9, count: 32))
    stampKey = StampKey(secret: tenant.stampSecret)
  }

  /// A group that starts where the log ends.
  func newGroup() -> CommitGroup { CommitGroup(after: position) }

  /// Judges one entry of an actor, whose changes are linked to its chains here.
  @discardableResult
  mutating func judge(
    _ changes: [EncodedChange], of actor: ActorID, refusing code: ErrorCode? = nil,
    at time: Int64? = nil, into group: inout CommitGroup
  ) -> EntryVerdict {
    clock = time ?? clock + 7
    var digests: [Digest] = []
    var seals: [Seal] = []
    for change in changes {
      let judged = judge(change, isAccepted: code == nil)
      digests.append(judged.digest)
      seals.append(judged.seal)
      group.changes.append(judged)
      group.records[change.header.record] = records[change.header.record]
    }
    let journal = journals[actor] ?? JournalHead.start(tenant: tenant.id, actor: actor)
    let head = journal.appending(changes: digests)
    journals[actor] = head
    let verdict = EntryVerdict(
      entry: head.entries, refusal: code.map { .init(code: $0, change: 0) }, receivedAt: clock, seals: seals)
    entries.append(JudgedEntry(actor: actor, journal: head, verdict: verdict))
    group.entries.append(JudgedEntry(actor: actor, journal: head, verdict: verdict))
    group.position = position
    return verdict
  }

  /// The time of the last entry.
  var now: Int64 { clock }

  /// An actor's journal.
  func journal(of actor: ActorID) -> JournalHead {
    journals[actor] ?? .start(tenant: tenant.id, actor: actor)
  }

  private mutating func judge(_ change: EncodedChange, isAccepted: Bool) -> JudgedChange {
    let header = change.header
    var snapshot = records[header.record] ?? RecordSnapshot(record: header.record)
    let digest = change.digest(after: snapshot.digest(of: header.id.actor, tenant: tenant.id))
    position += 1
    let seal = stampKey.seal(
      position: position, epoch: tenant.epoch, receivedAt: clock, isAccepted: isAccepted, digest: digest)
    let head = RecordSnapshot.Head(
      id: header.id, digest: digest, receivedAt: clock, isAccepted: isAccepted, seal: seal)
    if isAccepted, let decoded = try? change.decoded(receivedAt: clock, seal: seal) {
      try? snapshot.accept(decoded, creates: header.creates, head: head)
    } else {
      try? snapshot.void(head: head)
    }
    records[header.record] = snapshot
    heads[header.record] = position
    let judged = JudgedChange(
      position: position, change: change, digest: digest, receivedAt: clock, isAccepted: isAccepted,
      seal: seal)
    log.append(judged)
    return judged
  }

  /// A device holds a record from now on.
  mutating func hold(
    _ record: Identifier, by actor: ActorID, at position: UInt64, into group: inout CommitGroup
  ) {
    let generation = (holdings[actor]?[record]?.generation ?? 0) + 1
    let holding = Holding(actor: actor, record: record, generation: generation, position: position)
    holdings[actor, default: [:]][record] = holding
    group.holdings.append(holding)
  }

  /// What is to be sent, by looking at every record.
  func outstanding(
    for actor: ActorID, in scopes: [Scope], after position: UInt64, all: Bool,
    persons: [Identifier: Identifier]
  ) -> [OutstandingRecord] {
    let found = records.values.compactMap { snapshot -> (UInt64, OutstandingRecord)? in
      guard let reference = snapshot.reference(person: { persons[$0] }), let head = heads[snapshot.record]
      else { return nil }
      guard !Set(CaseModel.scopes(containing: reference)).isDisjoint(with: scopes) else { return nil }
      let holding = holdings[actor]?[snapshot.record]
      guard head > position || all && holding == nil, holding.map({ $0.position < head }) ?? true else {
        return nil
      }
      return (
        head,
        OutstandingRecord(
          reference: reference, heldUpTo: holding.map { max($0.position, position) },
          nextGeneration: (holding?.generation ?? 0) + 1)
      )
    }
    return found.sorted { $0.0 > $1.0 }.map(\.1)
  }
}
