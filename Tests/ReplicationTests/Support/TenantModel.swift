import CRDT
import CaseModel
import Replication
import WireProtocol

/// What a server's store holds, in memory: every answer is found by looking at everything that there is.
struct TenantModel: TenantSource {
  /// A group that a store would not take.
  enum Fault: Error, Equatable {
    case positions
    case entryTwice
    case recordMissing
    case recordDiffersFromItsLog
  }

  private(set) var position: UInt64 = 0
  private(set) var records: [Identifier: RecordSnapshot] = [:]
  private(set) var log: [JudgedChange] = []
  private(set) var entries: [JudgedEntry] = []
  /// What of it a ledger keeps.
  private(set) var ledgered: [OfferedChange] = []
  private var awaited: [Identifier: VersionVector] = [:]
  private(set) var holdings: [ActorID: [Identifier: Holding]] = [:]
  /// The generations of what devices held and say that they do not any more.
  private var forgotten: [ActorID: [Identifier: UInt64]] = [:]
  /// What devices were told to wipe, and up to which generation they said that they did.
  private(set) var exits: [ActorID: [Identifier: UInt64]] = [:]
  private(set) var wiped: [ActorID: [Identifier: UInt64]] = [:]
  private var reviews: [ActorID: Int64] = [:]
  /// What waits for a person, what was decided, and what devices knew.
  var quarantine = QuarantineModel()
  /// The newest generation of what a device has or had.
  private var generations: [ActorID: [Identifier: UInt64]] = [:]
  /// Attachments' bytes.
  var attachments = AttachmentModel()
  /// The log of what was opened.
  private(set) var opened: [OpenedRow] = []
  /// The logs of knowing, where a test has some.
  var logs: [LogKind: LogModel] = [:]
  /// The persons behind accounts.
  private var persons: [Identifier: Identifier] = [:]

  func record(_ id: Identifier) -> RecordSnapshot? { records[id] }

  func digest(of change: ChangeID, in record: Identifier) -> Digest? {
    log.first { $0.change.header.record == record && $0.change.header.id == change }?.digest
  }

  func verdict(on entry: UInt64, of actor: ActorID) -> JudgedEntry? {
    entries.first { $0.actor == actor && $0.journal.entries == entry }
  }

  func changes(of record: Identifier, after position: UInt64) -> [DeliveredChange] {
    log.filter { $0.change.header.record == record && $0.position > position }.map(\.delivered)
  }

  func logDigest(at position: UInt64) -> Digest? {
    guard position <= log.count else { return nil }
    return log.prefix(Int(position)).reduce(LogDigest.start) { LogDigest.appending($1.digest, to: $0) }
  }

  func hasOpened(_ event: Digest) -> Bool { opened.contains { $0.opening.digest == event } }

  func receivedAt(_ position: UInt64) -> Int64? {
    position > 0 && position <= log.count ? log[Int(position) - 1].receivedAt : nil
  }

  func awaited(in record: Identifier) -> VersionVector { awaited[record] ?? VersionVector() }

  func reference(_ id: Identifier) -> RecordReference? {
    records[id]?.reference { persons[$0] }
  }

  func held(by actor: ActorID, in cases: Set<Identifier>?) -> [HeldReference] {
    (generations[actor] ?? [:]).sorted { $0.key < $1.key }.compactMap { id, generation in
      guard exits[actor]?[id] == nil, generation > wiped[actor]?[id] ?? 0, let reference = reference(id),
        cases.map({ cases in reference.caseID.map(cases.contains) ?? false }) ?? true
      else { return nil }
      return HeldReference(reference: reference, generation: generation)
    }
  }

  func exits(of actor: ActorID) -> [HeldRecord] {
    (exits[actor] ?? [:]).sorted { $0.key < $1.key }.map { HeldRecord(record: $0.key, generation: $0.value) }
  }

  func quarantinedChanges(_ name: QuarantineName) -> [OfferedChange]? { quarantine.waiting[name] }

  func quarantineDecision(_ name: QuarantineName) -> QuarantineDecision? { quarantine.decided[name] }

  func contact(of actor: ActorID) -> DeviceContact? { quarantine.contacts[actor] }

  func reviewedUpTo(_ actor: ActorID) -> Int64? { reviews[actor] }

  private mutating func applyScopes(_ group: CommitGroup) {
    for holding in group.holdings {
      generations[holding.actor, default: [:]][holding.record] = holding.generation
      exits[holding.actor]?[holding.record] = nil
      wiped[holding.actor]?[holding.record] = nil
    }
    for one in group.listed where records[one.held.record] != nil {
      let id = one.held.record
      let listed = max(one.held.generation, 1)
      generations[one.actor, default: [:]][id] = max(generations[one.actor]?[id] ?? 0, listed)
      if let last = wiped[one.actor]?[id], last >= listed { wiped[one.actor]?[id] = listed - 1 }
    }
    for one in group.exits {
      let id = one.held.record
      generations[one.actor, default: [:]][id] = max(generations[one.actor]?[id] ?? 0, one.held.generation, 1)
      exits[one.actor, default: [:]][id] = generations[one.actor]?[id]
      forget(id, of: one.actor)
    }
    for receipt in group.receipts {
      for held in receipt.records {
        let last = wiped[receipt.actor]?[held.record] ?? 0
        wiped[receipt.actor, default: [:]][held.record] = max(last, held.generation)
        if let exit = exits[receipt.actor]?[held.record], exit <= held.generation {
          exits[receipt.actor]?[held.record] = nil
        }
        if generations[receipt.actor]?[held.record] ?? 0 <= held.generation {
          forget(held.record, of: receipt.actor)
        }
      }
    }
    reviews.merge(group.reviews) { _, new in new }
  }

  /// The device is to be sent the state anew, should it be sent the record.
  private mutating func forget(_ id: Identifier, of actor: ActorID) {
    holdings[actor]?[id] = nil
    forgotten[actor, default: [:]][id] = generations[actor]?[id]
  }

  func outstanding(
    for actor: ActorID, in scopes: [Scope], after position: UInt64, all: Bool
  ) -> [OutstandingRecord] {
    found(for: actor, in: scopes).compactMap { found in
      let holding = found.holding
      // What it had, or was told to wipe, and is to be sent anew.
      let isUnplaced = holding == nil && generations[actor]?[found.reference.id] != nil
      guard found.head > position || all && holding == nil || isUnplaced,
        holding.map({ $0.position < found.head }) ?? true
      else { return nil }
      return OutstandingRecord(
        reference: found.reference, heldUpTo: holding.map { max($0.position, position) },
        nextGeneration: nextGeneration(of: found.reference.id, at: actor))
    }
  }

  func records(in scopes: [Scope]) -> [LoggedRecord] {
    found(for: ActorID(rawValue: 0), in: scopes).map { found in
      let creation = log.first {
        $0.isAccepted && $0.change.header.record == found.reference.id && $0.change.header.creates != nil
      }
      return LoggedRecord(reference: found.reference, createdAt: creation?.position ?? 0)
    }
  }

  /// Above all that the device had or says that it has.
  private func nextGeneration(of id: Identifier, at actor: ActorID) -> UInt64 {
    max(
      holdings[actor]?[id]?.generation ?? 0, forgotten[actor]?[id] ?? 0, generations[actor]?[id] ?? 0) + 1
  }

  /// The records in the scopes with what is noted of the device, newest first.
  private func found(
    for actor: ActorID, in scopes: [Scope]
  ) -> [(head: UInt64, reference: RecordReference, holding: Holding?)] {
    records.values.compactMap { snapshot -> (head: UInt64, reference: RecordReference, holding: Holding?)? in
      guard let reference = snapshot.reference(person: { persons[$0] }),
        let head = log.last(where: { $0.change.header.record == snapshot.record })?.position
      else { return nil }
      guard !Set(CaseModel.scopes(containing: reference)).isDisjoint(with: scopes) else { return nil }
      return (head, reference, holdings[actor]?[snapshot.record])
    }.sorted { $0.head > $1.head }
  }

  /// Takes in a group whole, or nothing of it.
  mutating func apply(_ group: CommitGroup) throws(Fault) {
    var next = self
    for change in group.changes {
      guard change.position == next.position + 1 else { throw .positions }
      guard group.records[change.change.header.record] != nil else { throw .recordMissing }
      next.position += 1
      next.log.append(change)
    }
    next.ledgered += group.governing
    next.opened += group.opened
    guard next.position == group.position else { throw .positions }
    guard next.logDigest(at: group.position) == group.logDigest else { throw .positions }
    for change in group.awaited {
      next.awaited[change.record, default: VersionVector()].insert(change.change)
    }
    for entry in group.entries {
      guard next.verdict(on: entry.journal.entries, of: entry.actor) == nil else { throw .entryTwice }
      next.entries.append(entry)
    }
    for (id, snapshot) in group.records { next.records[id] = snapshot }
    guard next.recordsAreTheirLogs(group.records.keys) else { throw .recordDiffersFromItsLog }
    for account in group.accounts { next.persons[account.id] = account.person }
    for holding in group.holdings { next.holdings[holding.actor, default: [:]][holding.record] = holding }
    next.applyScopes(group)
    next.quarantine.apply(group.quarantine)
    for actor in group.forgotten {
      for (id, holding) in next.holdings[actor] ?? [:] {
        next.forgotten[actor, default: [:]][id] = holding.generation
      }
      next.holdings[actor] = [:]
    }
    next.attachments.apply(group.attachments)
    self = next
  }

  /// Whether each record has a head exactly for the last change of each actor in the log.
  private func recordsAreTheirLogs(_ ids: some Sequence<Identifier>) -> Bool {
    ids.allSatisfy { id in
      var last: [ActorID: UInt64] = [:]
      for change in log where change.change.header.record == id {
        let header = change.change.header
        guard header.id.number == last[header.id.actor, default: 0] + 1 else { return false }
        last[header.id.actor] = header.id.number
      }
      return records[id]?.heads.mapValues(\.id.number) == last
    }
  }
}
