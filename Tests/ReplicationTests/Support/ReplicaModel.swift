import CRDT
import CaseModel
import Replication
import WireProtocol

/// What a device's store holds, in memory: the confirmed state of its records, and its journal. What is
/// shown is put together anew each time.
struct ReplicaModel: ReplicaSource {
  /// What a store would not take in.
  enum Fault: Error, Equatable {
    case unknownEntry
    case unknownRecord
    case gap
    case notReady
    case chainMismatch
    case recordExists
  }

  /// An own entry with what became of it.
  struct Entry: Equatable {
    let linked: LinkedEntry
    var verdict: EntryVerdict?
  }

  let tenant: Identifier
  var actor: ActorID
  var key: SigningKey
  /// The key that is to take this one's place.
  var successor: SigningKey?
  var epoch: Identifier
  var isHealing = false
  var isUnproved = false
  var lineage: [[UInt8]] = []
  var isConfirmed = true
  /// The journal where it begins: under a new actor, or after what the server has more.
  var start: JournalHead
  /// Own changes that others stand for: written again after a restore, or taken already.
  var superseded: [LinkedEntry] = []
  /// Changes that are kept with their stamps, whoever wrote them.
  var kept: [OfferedChange] = []
  /// Entries that were refused since what they build on is to come back first.
  var awaiting: [LinkedEntry] = []
  /// Own entries that wait for a person's decision.
  var waiting: [(name: QuarantineName, linked: LinkedEntry)] = []
  /// Own entries that wait for this person.
  var held: [(name: QuarantineName, linked: LinkedEntry)] = []
  /// What the server said with them of who may read their records.
  var told: [Identifier: [Identifier: VersionVector]] = [:]
  /// Those that a person refused.
  var declined: [QuarantineName: QuarantineReason] = [:]
  /// How many entries wait for this person.
  var waitingForDecision = 0
  var devicesWaiting = 0
  /// What was received up to the cursor.
  var covered: Set<Digest> = []
  /// The journal entry up to which work was written again.
  var reissuedUpTo: UInt64 = 0
  /// The orders of this actor that were carried out.
  var watermarks: [BackupWatermark] = []
  /// What came of comparing with the server, each time.
  var healings: [Healed] = []
  let membership: Membership
  var token: Identifier?
  /// The number of the last delivery of the last session.
  var deliveredUpTo: UInt64 = 0
  var cursor: [UInt8] = []
  var entries: [Entry] = []
  var snapshots: [Identifier: RecordSnapshot] = [:]
  var generations: [Identifier: UInt64] = [:]
  /// With which delivery each record entered.
  var enteredIn: [Identifier: UInt64] = [:]
  /// How many records were wiped under this actor.
  var wipeCount: UInt64 = 0
  /// What left the scope, and when it was wiped.
  private(set) var exits: [Identifier: (generation: UInt64, wipedAt: Int64?)] = [:]
  /// That the device's access ended.
  private(set) var accessEnded: AccessEnded?
  /// How long it may show what it holds.
  var lease: Lease?
  /// The numbers of the deliveries that were taken in.
  private(set) var deliveries: [UInt64] = []

  init(
    tenant: Identifier, actor: ActorID, membership: Membership, token: Identifier?, epoch: Identifier,
    key: SigningKey
  ) {
    self.epoch = epoch
    self.key = key
    start = .start(tenant: tenant, actor: actor)
    self.tenant = tenant
    self.actor = actor
    self.membership = membership
    self.token = token
  }

  // MARK: What the machine reads

  func journal() -> JournalHead { entries.last?.linked.journal ?? start }

  func digest(ofEntry number: UInt64) -> Digest? {
    number == start.entries
      ? start.digest : entries.first { $0.linked.entry.number == number }?.linked.journal.digest
  }

  func pendingEntries(after number: UInt64, limit: Int) -> [LinkedEntry] {
    Array(
      entries.lazy.filter { $0.verdict == nil && $0.linked.entry.number > number }.map(\.linked)
        .prefix(limit))
  }

  var holdings: Digest {
    Transcript.holdingsDigest(generations.map { (record: $0.key, generation: $0.value) })
  }

  func holdings(enteredAfter number: UInt64?) -> [HeldRecord] {
    generations.filter { exits[$0.key]?.wipedAt == nil }
      .filter { number == nil || enteredIn[$0.key, default: 0] > number ?? 0 }
      .map { HeldRecord(record: $0.key, generation: $0.value) }.sorted { $0.record < $1.record }
  }

  func wiped(of records: [HeldRecord]) -> [WipedRecord] {
    records.compactMap { held in
      guard let exit = exits[held.record] else { return WipedRecord(held, at: 0, sealedItems: 0) }
      return exit.wipedAt.map { WipedRecord(held, at: $0, sealedItems: 0) }
    }
  }

  func wipes() -> UInt64 { wipeCount }

  /// Records leave the scope.
  mutating func exit(_ records: [HeldRecord], at time: Int64) {
    for held in records where generations[held.record, default: 0] <= held.generation {
      exits[held.record] = (held.generation, exits[held.record]?.wipedAt)
    }
    wipeExited(at: time)
  }

  /// The device's access ended: everything leaves the scope.
  mutating func end(_ end: AccessEnded, at time: Int64) {
    accessEnded = end
    let here = Set(snapshots.keys).union(entries.flatMap(\.linked.entry.changes).map(\.header.record))
    exit(
      here.filter { exits[$0]?.wipedAt == nil }.map {
        HeldRecord(record: $0, generation: generations[$0, default: 0])
      }, at: time)
  }

  /// Generations begin at 1 again.
  mutating func forgetExitGenerations() { exits = exits.mapValues { (0, $0.wipedAt) } }

  /// Wipes what left the scope and nothing unsent stands on.
  mutating func wipeExited(at time: Int64) {
    let unsent = entries.filter { $0.verdict == nil }.map(\.linked)
    let unjudged: [LinkedEntry] =
      switch accessEnded?.reason {
      case nil: unsent + awaiting
      case .stolen: []
      default: unsent
      }
    let waiting = Set(unjudged.flatMap(\.entry.changes).map(\.header.record))
    for (id, exit) in exits where exit.wipedAt == nil && !waiting.contains(id) {
      exits[id]?.wipedAt = time
      wipeCount += 1
      snapshots[id] = nil
      kept.removeAll { $0.change.header.record == id }
    }
  }

  // MARK: What people read

  /// The numbers of the entries that were refused, with the reasons.
  var refused: [UInt64: ErrorCode] {
    var refused: [UInt64: ErrorCode] = [:]
    for entry in entries where entry.verdict?.refusal?.code != .alreadyTaken {
      guard let code = entry.verdict?.refusal?.code, code != .awaited, entry.verdict?.isQuarantined == false,
        entry.verdict?.isHeld == false
      else { continue }
      refused[entry.linked.entry.number] = code
    }
    return refused
  }

  var records: [CaseRecord] {
    let pending = pendingChanges.map(\.header.record)
    return Set(snapshots.keys).union(pending).sorted().compactMap { record($0) }
  }

  func record(_ id: Identifier) -> CaseRecord? {
    guard exits[id] == nil else { return nil }
    let creation = pendingChanges.first { $0.header.record == id && $0.header.creates != nil }
    guard let facts = snapshots[id]?.facts ?? creation?.header.creates else { return nil }
    return CaseRecord(
      id: id, kind: RecordKind(rawValue: facts.kind), caseID: facts.caseID, created: facts.created,
      receivedAt: nil, creator: nil, about: facts.about,
      informationType: InformationType(rawValue: facts.informationType), state: shown(id))
  }

  var pendingChanges: [EncodedChange] {
    entries.filter { $0.verdict == nil }.flatMap(\.linked.entry.changes)
  }

  func shown(_ id: Identifier) -> RecordState {
    let pending = pendingChanges.filter { $0.header.record == id }.compactMap { try? $0.decoded() }
    return RecordReplica(confirmed: snapshots[id]?.state ?? RecordState(), pending: pending).shown
  }

  // MARK: Writing

  /// Writes one act as one entry.
  @discardableResult
  mutating func write(
    _ act: [RecordDraft], at now: Int64, salt: () -> Identifier
  ) throws -> LinkedEntry {
    var changes: [EncodedChange] = []
    var digests: [Digest] = []
    for draft in act {
      let own = changes.lastIndex { $0.header.record == draft.id }
      guard own == nil else { throw Fault.recordExists }
      let version = shown(draft.id).version
      guard !draft.isNew || record(draft.id) == nil else { throw Fault.recordExists }
      let facts = RecordFacts(
        tenant: tenant, caseID: draft.caseID, kind: draft.kind.rawValue, created: now, about: draft.about,
        informationType: draft.informationType.rawValue)
      let header = ChangeHeader(
        record: draft.id, id: ChangeID(actor: actor, number: version[actor] + 1), author: membership.account,
        writtenAt: now, version: version, creates: draft.isNew ? facts : nil,
        audienceSeen: audienceSeen(of: draft.id))
      let change = EncodedChange(
        header: header, payload: Payload(salt: salt(), operations: draft.operations).encoded)
      changes.append(change)
      digests.append(change.digest(after: lastDigest(in: draft.id)))
    }
    let head = journal().appending(changes: digests)
    let linked = LinkedEntry(
      entry: JournalEntry(number: head.entries, changes: changes), digests: digests, journal: head)
    entries.append(Entry(linked: linked))
    return linked
  }

  /// The digest that the next own change in a record chains to.
  func lastDigest(in id: Identifier) -> Digest {
    for entry in entries.reversed() where entry.verdict == nil {
      for (change, digest) in zip(entry.linked.entry.changes, entry.linked.digests).reversed()
      where change.header.record == id {
        return digest
      }
    }
    return (snapshots[id] ?? RecordSnapshot(record: id)).digest(of: actor, tenant: tenant)
  }

  // MARK: What the server says

  mutating func apply(_ verdicts: [EntryVerdict], cursor: [UInt8]?) throws {
    var next = self
    for verdict in verdicts { try next.apply(verdict) }
    if let cursor { next.cursor = cursor }
    next.wipeExited(at: verdicts.last?.receivedAt ?? 0)
    self = next
  }

  mutating func forgetCursor() { cursor = [] }

  private mutating func apply(_ verdict: EntryVerdict) throws {
    guard let place = entries.firstIndex(where: { $0.linked.entry.number == verdict.entry }) else {
      throw Fault.unknownEntry
    }
    guard entries[place].verdict == nil else { return }
    let linked = entries[place].linked
    guard entries.firstIndex(where: { $0.verdict == nil }) == place,
      linked.digests.count == verdict.seals.count
    else { throw Fault.unknownEntry }
    entries[place].verdict = verdict
    for ((change, digest), seal) in zip(zip(linked.entry.changes, linked.digests), verdict.seals) {
      let isAccepted = verdict.refusal == nil
      keep(
        change, digest, isAccepted: isAccepted, receivedAt: verdict.receivedAt, seal: seal)
      try confirm(
        change.header, payload: isAccepted ? change.payload : nil, origin: change.origin, digest: digest,
        receivedAt: verdict.receivedAt, seal: seal, isOwn: true)
      if isAccepted, change.header.creates != nil { generations[change.header.record, default: 0] |= 1 }
    }
    if verdict.refusal?.code == .alreadyTaken { supersede(linked, verdict) }
    if verdict.refusal?.code == .awaited { awaiting.append(linked) }
    if verdict.isQuarantined { waiting.append((QuarantineName(actor: actor, entry: verdict.entry), linked)) }
    if let refusal = verdict.refusal, refusal.isHeld { hold(linked, refusal.audiences) }
  }

  mutating func apply(_ delivery: ReceivedDelivery) throws {
    var next = self
    for enter in delivery.enters {
      let id = enter.snapshot.record
      guard enter.generation >= next.generations[id, default: 0],
        enter.generation > next.exits[id]?.generation ?? 0
      else { continue }
      next.exits[id] = nil
      next.snapshots[id] = enter.snapshot
      next.generations[id] = enter.generation
      next.enteredIn[id] = delivery.number
    }
    for change in delivery.changes { try next.apply(change) }
    if let cursor = delivery.cursor {
      next.cursor = cursor
      next.covered = Set(next.kept.filter { $0.change.header.id.actor != next.actor }.map(\.digest))
      if delivery.caughtUp { next.isUnproved = false }
    }
    next.deliveries.append(delivery.number)
    next.deliveredUpTo = delivery.number
    self = next
  }

  /// Takes in what a bundle delivers: what is no newer than what is here is passed over.
  mutating func apply(bundled delivery: ReceivedDelivery) throws {
    var next = self
    for enter in delivery.enters {
      let id = enter.snapshot.record
      if let here = next.snapshots[id], enter.generation <= next.generations[id, default: 0] {
        if here.state.version.contains(enter.snapshot.state.version) { continue }
        guard enter.snapshot.state.version.contains(here.state.version) else { throw Fault.notReady }
      }
      next.snapshots[id] = enter.snapshot
      next.generations[id] = max(enter.generation, next.generations[id, default: 0])
    }
    for change in delivery.changes { try next.apply(change) }
    if let cursor = delivery.cursor { next.cursor = cursor }
    self = next
  }

  private mutating func apply(_ delivered: DeliveredChange) throws {
    let header = delivered.header
    let own = pendingChanges.contains { $0.header.record == header.record }
    guard snapshots[header.record] != nil || own, exits[header.record] == nil else {
      throw Fault.unknownRecord
    }
    let previous = (snapshots[header.record] ?? RecordSnapshot(record: header.record))
      .digest(of: header.id.actor, tenant: tenant)
    let change = delivered.payload.map {
      EncodedChange(header: header, payload: $0, origin: delivered.origin)
    }
    guard let digest = change?.digest(after: previous) ?? delivered.voidDigest else {
      throw Fault.chainMismatch
    }
    let isNew = !(snapshots[header.record]?.state.version.contains(header.id) ?? false)
    try confirm(
      header, payload: delivered.payload, origin: delivered.origin, digest: digest,
      receivedAt: delivered.receivedAt, seal: delivered.seal)
    if isNew, let change {
      kept.append(
        OfferedChange(
          change: change, previous: previous,
          stamp: ChangeStamp(receivedAt: delivered.receivedAt, isAccepted: true, seal: delivered.seal)))
    }
  }

  mutating func confirm(
    _ header: ChangeHeader, payload: [UInt8]?, origin: ChangeOrigin?, digest: Digest, receivedAt: Int64,
    seal: Seal, isOwn: Bool = false
  ) throws {
    var snapshot = snapshots[header.record] ?? RecordSnapshot(record: header.record)
    guard !snapshot.state.version.contains(header.id) else { return }
    guard snapshot.state.isNext(header.id) else { throw Fault.gap }
    for entry in entries where entry.verdict == nil {
      for (change, own) in zip(entry.linked.entry.changes, entry.linked.digests)
      where change.header.record == header.record && change.header.id == header.id {
        guard own == digest else { throw Fault.chainMismatch }
      }
    }
    let head = RecordSnapshot.Head(
      id: header.id, digest: digest, receivedAt: receivedAt, isAccepted: payload != nil, seal: seal)
    if let payload {
      let change = try EncodedChange(header: header, payload: payload, origin: origin)
        .decoded(receivedAt: receivedAt, seal: seal)
      guard isOwn || snapshot.state.isReady(for: change.context) || !snapshot.state.ahead.isEmpty else {
        throw Fault.notReady
      }
      try snapshot.accept(change, creates: header.creates, head: head)
    } else {
      try snapshot.void(head: head)
    }
    snapshots[header.record] = snapshot
  }
}
