import Collections
import CRDT
import WireProtocol

/// How far the comparison with a restored server has come.
struct Healing: Sendable {
  /// The server's epoch.
  let epoch: Identifier
  /// Whether the server was restored, so that it may lack what it had accepted.
  let isNewEpoch: Bool
  /// Heads that wait to be asked about, and those that were.
  var heads: Deque<KnownHead> = []
  var asked: [KnownHead] = []
  /// Where to go on reading heads; `nil` at the beginning.
  var place: Identifier?
  var hasReadAll = false
  /// Heads that the server lacks, and whether its log has something else in their places.
  var wanted: Deque<(head: KnownHead, isBranched: Bool)> = []
  /// Changes that wait to be offered, and those that were.
  var changes: Deque<OfferedChange> = []
  var offered: [OfferedChange] = []
  /// What the server has, and accepted, of own changes without a verdict.
  var accepted: [Identifier: Set<UInt64>] = [:]
  /// The stamps on these, where it gave them.
  var stamps: [Identifier: [UInt64: ChangeStamp]] = [:]
  /// The last own change with a verdict, by record.
  var judged: [Identifier: UInt64] = [:]
  /// The last change that the log has too, of the actors in a record whose changes were offered.
  var shared: [Identifier: [ActorID: UInt64]] = [:]
  var branches = Branches()
  /// Heads that the server lacks, and that were read.
  var lacking: [KnownHead] = []
  var branched: [OfferedChange] = []
  /// For what changes stand that the log will not have under their own names, by record.
  var originals: [Identifier: [ChangeID: ChangeID]] = [:]
  var counts = Healed.Counts()
  /// The actors as which this device wrote.
  let own: Set<ActorID>

  init(epoch: Identifier, isNewEpoch: Bool, own: Set<ActorID>) {
    self.epoch = epoch
    self.isNewEpoch = isNewEpoch
    self.own = own
  }

  /// Takes in what the server did with the changes that were offered.
  mutating func take(_ outcomes: [WireOfferOutcome]) throws {
    guard outcomes.count == offered.count else { throw ProtocolError.malformed }
    for (change, outcome) in zip(offered, outcomes) {
      let header = change.change.header
      switch outcome {
      case .offerTaken, .offerThere:
        if outcome == .offerTaken { counts.returned += 1 }
        shared[header.record, default: [:]][header.id.actor] = header.id.number
      case .offerBranched: branch(change, after: header.id.number - 1)
      case .offerBranchedEarlier: branch(change, after: lastShared(header))
      case .offerStands:
        branches.note(header, after: lastShared(header))
        rename(change)
      case .offerWaits: counts.waiting += 1
      case .offerInvalid: break
      case .offerUnspecified, .UNRECOGNIZED: throw ProtocolError(.unsupported)
      }
    }
    offered = []
  }

  /// The last change of a change's actor that the log is known to have too; 0 where none is.
  private func lastShared(_ header: ChangeHeader) -> UInt64 {
    lastShared(of: header.id.actor, in: header.record)
  }

  private func lastShared(of actor: ActorID, in record: Identifier) -> UInt64 {
    branches.shared[record]?[actor] ?? shared[record]?[actor] ?? 0
  }

  /// Notes for what a change stands that the log will not have under its own name.
  private mutating func rename(_ change: OfferedChange) {
    guard let original = change.change.origin?.header.id else { return }
    originals[change.change.header.record, default: [:]][change.change.header.id] = original
  }

  /// What lies on a branch, or names something on one, is brought in under the own actor's name.
  ///
  /// - Parameter last: the last change of its actor that the log has too; where that is not known, 0: its
  ///   author is then taken to have seen less than he did, so that nothing is superseded which he never saw.
  mutating func branch(_ change: OfferedChange, after last: UInt64) {
    branches.note(change.change.header, after: last)
    rename(change)
    guard change.stamp.isAccepted, mayBring(change.change) else { return }
    branched.append(change)
    counts.branched += 1
  }

  /// Whether this device can bring in what a change stands for. An original that never had a verdict is
  /// proved by its own device alone.
  private func mayBring(_ change: EncodedChange) -> Bool {
    guard let origin = change.origin else { return change.header.originDigest == nil }
    return origin.stamp?.isAccepted ?? own.contains(origin.header.id.actor)
  }

  /// Takes the next changes to offer, as many as fit into a message.
  mutating func nextOffer() -> [OfferedChange] {
    let all = changes
    changes = []
    for change in all {
      let header = change.change.header
      // What this device cannot bring in it offers all the same: the server knows best what it has.
      if branches.concern(header), mayBring(change.change) {
        branch(change, after: lastShared(header))
      } else {
        changes.append(change)
      }
    }
    return changes.removeFirst(fitting: Limits.batchBytes) { $0.byteCountMax }
  }

  /// Where the log may have other changes than are known here, now that it has taken back what it takes:
  /// behind what no outcome showed both to have. What stands there is known within a state alone, or is kept
  /// and waits for such; whether the log's chain is the same as far as it goes nobody here can tell.
  var unprovedBranches: Branches {
    var branches = Branches()
    for head in lacking {
      let last = lastShared(of: head.change.actor, in: head.record)
      if last < head.change.number { branches.note(head.change.actor, in: head.record, after: last) }
    }
    return branches
  }

  /// Reads what is kept of the next record of which the server lacks something. What names another change
  /// comes after it: who knew more came later.
  mutating func readWanted(from replica: some ReplicaSource) throws {
    guard let record = wanted.first?.head.record else { return }
    var kept: [OfferedChange] = []
    while let next = wanted.first, next.head.record == record {
      wanted.removeFirst()
      let changes = try replica.keptChanges(upTo: next.head)
      kept += changes
      lacking.append(next.head)
      // No offer will tell that what names it lies on a branch.
      if changes.isEmpty, next.isBranched { branches.note(next.head.change.actor, in: record, after: 0) }
    }
    changes += kept.enumerated().sorted { left, right in
      let (known, other) = (left.element.knownChanges, right.element.knownChanges)
      return known == other ? left.offset < right.offset : known < other
    }.map(\.element)
  }
}

extension OfferedChange {
  /// How many changes its author knew.
  fileprivate var knownChanges: UInt64 { change.header.version.entries.reduce(0) { $0 &+ $1.number } }
}

extension ClientSession {
  /// Asks about the next heads, then offers what is lacking, then has the outcome stored.
  mutating func heal(_ start: Healing, replica: some ReplicaSource) throws -> [Action] {
    var healing = start
    while healing.heads.isEmpty, !healing.hasReadAll {
      let batch = try replica.knownHeads(
        after: healing.place, limit: 256, ownOnly: !healing.isNewEpoch)
      healing.heads.append(contentsOf: batch.heads)
      healing.place = batch.next
      healing.hasReadAll = batch.next == nil
    }
    if !healing.heads.isEmpty {
      healing.asked = healing.heads.removeFirst(fitting: Limits.batchBytes) { $0.byteCountMax }
      state = .healing(healing)
      let heads = healing.asked.map(\.message)
      return [try send { $0.inventory = .with { $0.heads = heads } }]
    }
    while healing.offered.isEmpty, !healing.changes.isEmpty || !healing.wanted.isEmpty {
      if healing.changes.isEmpty { try healing.readWanted(from: replica) }
      healing.offered = healing.nextOffer()
    }
    if !healing.offered.isEmpty {
      state = .healing(healing)
      let changes = healing.offered.map(\.message)
      return [try send { $0.offer = .with { $0.changes = changes } }]
    }
    state = .healing(healing)
    let healed = Healed(
      succession: try identity.successor.map { try succession(to: $0).serializedBytes() },
      epoch: healing.epoch, accepted: healing.accepted, stamps: healing.stamps,
      judged: healing.judged, branches: healing.branches,
      unproved: healing.unprovedBranches, branched: healing.branched,
      originals: healing.originals, isWhole: healing.counts.waiting == 0, counts: healing.counts)
    var actions: [Action] = [.store(.healed(healed))]
    // A comparison once more that finds nothing is no news.
    if identity.successor != nil || identity.isHealing || healed.counts != Healed.Counts() {
      actions.append(.report(.healed(healed.counts)))
    }
    return actions + [.resume]
  }

  mutating func received(
    _ message: WireWanted, _ before: Healing, replica: some ReplicaSource
  ) throws -> [Action] {
    var healing = before
    for head in healing.asked where head.stamp == nil {
      healing.judged[head.record] = head.change.number - min(head.change.number, UInt64(head.digests.count))
    }
    for answer in message.heads {
      guard answer.index < healing.asked.count else { throw ProtocolError.malformed }
      let head = healing.asked[Int(answer.index)]
      if answer.wanted { healing.wanted.append((head, answer.branched)) }
      if !answer.accepted.isEmpty { healing.accepted[head.record, default: []].formUnion(answer.accepted) }
      for (number, stamp) in zip(answer.accepted, answer.stamps) where stamp != WireStamp() {
        healing.stamps[head.record, default: [:]][number] = try ChangeStamp(stamp)
      }
    }
    healing.asked = []
    return try heal(healing, replica: replica)
  }

  mutating func received(
    _ message: WireOffered, _ before: Healing, replica: some ReplicaSource
  ) throws -> [Action] {
    var healing = before
    try healing.take(message.outcomes)
    return try heal(healing, replica: replica)
  }
}

extension Deque {
  /// Takes as many from the front as fit into so many bytes; at least one.
  fileprivate mutating func removeFirst(
    fitting byteCount: Int, _ size: (Element) -> Int
  ) -> [Element] {
    var taken: [Element] = []
    var bytes = 0
    while let first {
      bytes += size(first)
      if !taken.isEmpty, bytes > byteCount { break }
      taken.append(removeFirst())
    }
    return taken
  }
}
