import CRDT
import CaseModel
import Replication
import WireProtocol

/// A record in memory: what the server confirmed, and own changes without a verdict over it.
struct Replica {
  /// An own change without a verdict.
  struct Pending {
    let row: Int64
    let header: ChangeHeader
    let change: Change
    let digest: Digest
  }

  /// That the record left the device's scope.
  struct Exit: Hashable {
    /// Up to this generation.
    var generation: UInt64
    var isWiped: Bool
  }

  /// What the record's row says beside its names, to find it by.
  struct Columns: Hashable {
    let kind: UInt32?
    let home: Identifier?
    let generation: UInt64
    let enteredIn: UInt64
    let conflicts: Int
  }

  var row: Int64
  /// What is stored; `nil` when the row was not stored yet.
  private(set) var storedColumns: Columns?
  var generation: UInt64
  /// The number of the delivery that it last entered with; 0 when it was written here.
  private(set) var enteredIn: UInt64
  /// Set once the record has left the device's scope, and until it enters again.
  var exit: Exit?
  private(set) var snapshot: RecordSnapshot
  /// Whether the snapshot differs from what is stored.
  private(set) var isSnapshotStale = false
  private(set) var pending: [Pending]
  /// What is shown, unless something has changed since it was put together. It shares the snapshot's storage,
  /// which would be copied to change it: so it is let go of first.
  private var view: RecordState?

  init(
    row: Int64, storedColumns: Columns?, snapshot: RecordSnapshot, pending: [Pending], exit: Exit? = nil
  ) {
    self.row = row
    self.exit = exit
    enteredIn = storedColumns?.enteredIn ?? 0
    self.storedColumns = storedColumns
    generation = storedColumns?.generation ?? 0
    self.snapshot = snapshot
    self.pending = pending
    refresh()
  }

  /// What the server confirmed, with own pending changes over it.
  ///
  /// - Complexity: O(1) after `refresh`, else O(pending changes)
  var shown: RecordState {
    view ?? RecordReplica(confirmed: snapshot.state, pending: pending.map(\.change)).shown
  }

  /// Whether others can be sent what is shown, once the server has it.
  var isDeliverable: Bool { snapshot.isDeliverable(with: shown) }

  /// What its row is to say.
  var columns: Columns {
    // What left the scope is found no more.
    guard exit == nil else {
      return Columns(kind: nil, home: nil, generation: generation, enteredIn: enteredIn, conflicts: 0)
    }
    return Columns(
      kind: facts?.kind, home: facts?.caseID, generation: generation, enteredIn: enteredIn,
      conflicts: shown.conflicts.count)
  }

  /// Puts together what is shown.
  mutating func refresh() { view = shown }

  /// The facts that are shown: the confirmed ones, or those of an own creation that has no verdict yet.
  var facts: RecordFacts? { snapshot.facts ?? pending.lazy.compactMap(\.header.creates).first }

  /// The account that created the record.
  var creator: Identifier? {
    snapshot.creator ?? pending.first { $0.header.creates != nil }?.header.author
  }

  /// The digest that the actor's next change chains to.
  func digest(of actor: ActorID, tenant: Identifier) -> Digest {
    pending.last { $0.header.id.actor == actor }?.digest ?? snapshot.digest(of: actor, tenant: tenant)
  }

  /// Whether the server's verdict on the change is in the confirmed state.
  func isConfirmed(_ change: ChangeID) -> Bool {
    (snapshot.heads[change.actor]?.id.number ?? 0) >= change.number
  }

  /// Whether the change is the one that follows its actor's last confirmed one.
  func isNext(_ change: ChangeID) -> Bool {
    (snapshot.heads[change.actor]?.id.number ?? 0) + 1 == change.number
  }

  mutating func write(_ change: Pending) {
    var shown = shown
    view = nil
    shown.apply(change.change)
    pending.append(change)
    view = shown
  }

  /// Takes in a change with its verdict; an own one is pending no more.
  ///
  /// - Throws: `gap` when its actor's change before is not here, `notReady` when others that it stands on are
  ///   not.
  ///
  /// - Parameter isOwn: whether it is an own change: what it names was here when it was written.
  mutating func confirm(
    _ header: ChangeHeader, _ accepted: Change?, head: RecordSnapshot.Head, isOwn: Bool = false
  ) throws {
    guard isNext(header.id) else {
      throw StorageError(.gap, record: header.record, change: header.id)
    }
    view = nil
    if let accepted {
      guard isOwn || snapshot.state.isReady(for: accepted.context) || namesWhatIsAwaited(accepted) else {
        throw StorageError(.notReady, record: header.record, change: header.id)
      }
      try snapshot.accept(accepted, creates: header.creates, head: head)
    } else {
      try snapshot.void(head: head)
    }
    isSnapshotStale = true
    settle(header.id)
  }

  /// Whether all that the change names and is not here is named by changes that are here: the server awaits
  /// it.
  private func namesWhatIsAwaited(_ change: Change) -> Bool {
    guard !snapshot.state.ahead.isEmpty else { return false }
    var known = snapshot.state.version
    for early in snapshot.state.ahead {
      known.merge(early.context.version)
      if let origin = early.context.origin { known.merge(origin.version) }
    }
    return known.contains(change.context.version)
      && change.context.origin.map { known.contains($0.version) } ?? true
  }

  /// The own change has a verdict that the confirmed state contained already.
  mutating func settle(_ change: ChangeID) {
    view = nil
    // The oldest, nearly always: verdicts come in the order of the journal.
    if let index = pending.firstIndex(where: { $0.header.id == change }) { pending.remove(at: index) }
  }

  mutating func replaceSnapshot(by snapshot: RecordSnapshot, generation: UInt64, in delivery: UInt64) {
    self.snapshot = snapshot
    enteredIn = delivery
    exit = nil
    self.generation = generation
    isSnapshotStale = true
    view = nil
  }

  /// Nothing of the record is here any more but that it was.
  mutating func wipe() {
    snapshot = RecordSnapshot(record: snapshot.record)
    pending = []
    isSnapshotStale = false
    view = nil
    exit?.isWiped = true
  }

  /// Generations begin anew: whatever enters next is newer, than what left the scope too.
  mutating func forgetGenerations() {
    generation = 0
    exit?.generation = 0
  }

  /// The row and the snapshot are stored.
  mutating func stored() {
    storedColumns = columns
    isSnapshotStale = false
  }

  /// The record as the case model reads it; `nil` when nothing that counts created it.
  func caseRecord(_ meta: ReplicaMeta) -> CaseRecord? {
    guard let facts, exit == nil else { return nil }
    // An account goes by its person's id (decision 9), so whoever holds the record knows who created it.
    let person = creator.map { $0 == meta.account ? meta.person : $0 }
    return CaseRecord(
      id: snapshot.record, kind: RecordKind(rawValue: facts.kind), caseID: facts.caseID,
      created: facts.created, receivedAt: snapshot.receivedAt == 0 ? nil : snapshot.receivedAt,
      creator: person, about: facts.about,
      informationType: InformationType(rawValue: facts.informationType), origin: facts.tenant,
      state: shown)
  }
}
