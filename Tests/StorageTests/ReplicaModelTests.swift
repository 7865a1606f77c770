import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

@testable import Storage

/// Writing, verdicts and deliveries at random, compared with a model after each step.
@Suite struct ReplicaModelTests {
  /// What the replica must show: the server's word as far as it was delivered, own pending work over it.
  private struct Model {
    var confirmed: [Identifier: RecordSnapshot] = [:]
    var pending: [(LinkedEntry, [Change])] = []
    var refused: [UInt64] = []
    /// Changes of others that the server has and did not deliver yet.
    var undelivered: [DeliveredChange] = []

    /// Own pending changes by record, in order.
    var pendingChanges: [Identifier: [Change]] {
      var changes: [Identifier: [Change]] = [:]
      for (entry, decoded) in pending {
        for (encoded, change) in zip(entry.entry.changes, decoded) {
          changes[encoded.header.record, default: []].append(change)
        }
      }
      return changes
    }
  }

  @Test(
    "The replica shows what the model shows, through writes, verdicts, deliveries and reopening",
    arguments: 0..<16)
  func replicaEqualsModel(seed: UInt64) throws {
    let fixture = try ReplicaFixture(seed: seed)
    var model = Model()
    var known: [Identifier] = []
    for _ in 0..<120 {
      switch Int.random(in: 0..<10, using: &fixture.random) {
      case 0...3: try write(fixture, &model, &known)
      case 4, 5: try judge(fixture, &model)
      case 6, 7: changeElsewhere(fixture, &model, known)
      case 8: try deliver(fixture, &model)
      default: if fixture.random.oneIn(3) { try fixture.reopen() }
      }
      try compare(fixture, model, known)
    }
    while !model.pending.isEmpty { try judge(fixture, &model) }
    try deliver(fixture, &model)
    try compare(fixture, model, known)
    for id in known where fixture.server.records[id]?.facts != nil {
      // With nothing pending and all delivered, the replica is where the server is.
      #expect(try fixture.store.record(id)?.state == fixture.server.records[id]?.state)
    }
    try expectNoCanary(inIndicesOf: fixture.store.database)
  }

  private func write(_ fixture: ReplicaFixture, _ model: inout Model, _ known: inout [Identifier]) throws {
    var acts: [[RecordDraft]] = []
    for _ in 0..<Int.random(in: 1...3, using: &fixture.random) {
      let drafts = try (0..<Int.random(in: 1...4, using: &fixture.random)).map { _ -> RecordDraft in
        let operations = (0..<2).map { _ in fixture.operation() }
        let existing = try known.randomElement(using: &fixture.random).flatMap { id in
          try fixture.store.record(id) == nil ? nil : id
        }
        if let existing, !fixture.random.oneIn(4) {
          return fixture.draft(existing, isNew: false, operations: operations)
        }
        let id = fixture.random.identifier()
        known.append(id)
        return fixture.draft(id, isNew: true, operations: operations)
      }
      acts.append(drafts)
    }
    for entry in try fixture.write(acts) {
      model.pending.append((entry, try entry.entry.changes.map { try $0.decoded() }))
    }
  }

  /// The server judges the next entries, and may deliver some of them as changes before their verdicts
  /// arrive.
  private func judge(_ fixture: ReplicaFixture, _ model: inout Model) throws {
    // The server judges what stands on work that it has and this device was sent.
    let count = min(model.pending.count, Int.random(in: 1...3, using: &fixture.random))
    var verdicts: [EntryVerdict] = []
    var early: [DeliveredChange] = []
    for _ in 0..<count {
      let (entry, _) = model.pending.removeFirst()
      var group = fixture.server.newGroup()
      let standsOnRefused = entry.entry.changes.contains { change in
        change.header.creates == nil && fixture.server.records[change.header.record]?.facts == nil
          && !entry.entry.changes.contains {
            $0.header.record == change.header.record && $0.header.creates != nil
          }
      }
      let refusal: ErrorCode? = standsOnRefused ? .notAvailable : fixture.random.oneIn(4) ? .forbidden : nil
      let verdict = fixture.server.judge(
        entry.entry.changes, of: fixture.actor, refusing: refusal, into: &group)
      #expect(group.changes.map(\.digest) == entry.digests)
      #expect(verdict.entry == entry.entry.number)
      verdicts.append(verdict)
      if refusal != nil { model.refused.append(verdict.entry) }
      for change in group.changes { try confirm(change.delivered, digest: change.digest, in: &model) }
      early += group.changes.map(\.delivered)
    }
    if fixture.random.oneIn(6) { _ = try fixture.store.apply(delivery: fixture.delivery(changes: early)) }
    let applied = try fixture.store.apply(verdicts: verdicts, cursor: [1, 2])
    #expect(applied.accepted.count + applied.refused.count == verdicts.count)
    // A verdict that comes twice changes nothing.
    let again = try fixture.store.apply(verdicts: verdicts)
    #expect(again.accepted.isEmpty && again.refused.isEmpty && again.records.isEmpty)
  }

  private func confirm(_ change: DeliveredChange, digest: Digest, in model: inout Model) throws {
    let id = change.header.record
    var snapshot = model.confirmed[id] ?? RecordSnapshot(record: id)
    let head = RecordSnapshot.Head(
      id: change.header.id, digest: digest, receivedAt: change.receivedAt, isAccepted: change.payload != nil,
      seal: change.seal)
    if let payload = change.payload {
      let decoded = try EncodedChange(header: change.header, payload: payload)
        .decoded(receivedAt: change.receivedAt, seal: change.seal)
      try snapshot.accept(decoded, creates: change.header.creates, head: head)
    } else {
      try snapshot.void(head: head)
    }
    model.confirmed[id] = snapshot
  }

  private func changeElsewhere(_ fixture: ReplicaFixture, _ model: inout Model, _ known: [Identifier]) {
    let candidates = known.filter { fixture.server.records[$0]?.facts != nil && model.confirmed[$0] != nil }
    guard let id = candidates.randomElement(using: &fixture.random) else { return }
    model.undelivered.append(fixture.writeElsewhere(id, refused: fixture.random.oneIn(5)))
  }

  private func deliver(_ fixture: ReplicaFixture, _ model: inout Model) throws {
    let changes = model.undelivered
    model.undelivered = []
    for change in changes {
      let digest = fixture.server.log.first { $0.delivered == change }?.digest
      try confirm(change, digest: try #require(digest), in: &model)
    }
    let delivery = fixture.delivery(changes: changes)
    let applied = try fixture.store.apply(delivery: delivery)
    #expect(applied.records.values.map(\.changes.count).reduce(0, +) == changes.count { $0.payload != nil })
    // A delivery that comes twice changes nothing.
    #expect(try fixture.store.apply(delivery: delivery).records.isEmpty)
    #expect(try fixture.store.meta().cursor == delivery.cursor)
  }

  private func compare(_ fixture: ReplicaFixture, _ model: Model, _ known: [Identifier]) throws {
    let pendingChanges = model.pendingChanges
    for id in known {
      let record = try fixture.store.record(id)
      let isCreated =
        model.confirmed[id]?.facts != nil
        || model.pending.contains {
          $0.0.entry.changes.contains { $0.header.record == id && $0.header.creates != nil }
        }
      #expect((record != nil) == isCreated)
      let shown = RecordReplica(
        confirmed: model.confirmed[id]?.state ?? RecordState(), pending: pendingChanges[id] ?? []
      ).shown
      if let record { #expect(record.state == shown) }
    }
    let pending = try fixture.store.pendingEntries(after: 0, limit: 1_000)
    #expect(pending == model.pending.map(\.0))
    #expect(try fixture.store.refused().map(\.entry.number) == model.refused)
    let status = try fixture.store.status()
    #expect(status.pendingEntries == model.pending.count && status.refusedEntries == model.refused.count)
    #expect(status.records == (try fixture.store.records().count))
    #expect(status.conflicts == (try fixture.store.records().count { !$0.state.conflicts.isEmpty }))
  }
}
