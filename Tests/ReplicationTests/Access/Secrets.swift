import CRDT
import CaseModel
import WireProtocol

@testable import Replication

/// What happens in one history, and not in the other: work on records that the observer may not read, and
/// what other devices do. All of it comes from devices of their own, so that no number of a device that the
/// observer hears of is another one.
struct Secrets {
  private var life: TownLife
  /// Ids of what is created, which the observer tries too.
  private let ids: [Identifier]
  private var used = 0
  /// The records that differ, and since when.
  private(set) var touched: [Identifier: Int64] = [:]
  private var files: [(record: Identifier, actor: ActorID)] = []
  private var others: [Terminal] = []
  /// How many acts there were, and how many of them wrote something that governs.
  private(set) var acts = 0
  private(set) var governing = 0

  init(seed: UInt64, ids: [Identifier]) throws {
    life = try TownLife(seed: seed)
    self.ids = ids
  }

  /// Submits acts to the group that is being filled.
  mutating func submit(to town: inout Town, hiddenFrom observer: Resident) throws {
    // Two acts on one device, or one record, would have to know of each other before they are committed.
    var busy: Set<Identifier> = []
    for _ in 0..<life.random.below(2) {
      guard let act = act(in: town, hiddenFrom: observer) else { continue }
      let resident = town.residents[act.place]
      let records = act.drafts.map(\.id)
      guard busy.isDisjoint(with: records + [resident.account]) else { continue }
      busy.formUnion(records + [resident.account])
      guard pendingOf(resident, in: town) == 0 else { continue }
      let entry = town.entry(act.drafts, by: resident, device: 1, salt: life.random.identifier())
      town.submit(entry, of: resident.actors[1])
      acts += 1
      for draft in act.drafts {
        if draft.kind.governsAccess { governing += 1 }
        touched[draft.id] = min(touched[draft.id] ?? .max, town.now)
        if draft.kind == .attachment { files.append((draft.id, resident.actors[1])) }
      }
    }
    if life.chance(20), let file = files.popLast() { town.submitFile(file.record, from: file.actor) }
  }

  /// How many entries of the device wait for the next group.
  private func pendingOf(_ resident: Resident, in town: Town) -> Int {
    town.machine.submissions.count { waiting in
      guard case .write(.push(_, let actor)) = waiting.submission else { return false }
      return actor == resident.actors[1]
    }
  }

  private mutating func act(in town: Town, hiddenFrom observer: Resident) -> TownLife.Act? {
    guard used < ids.count else { return nil }
    let id = ids[used]
    let unreadable = town.store.records.keys.filter { !town.mayRead(observer.person, $0) }.sorted()
    let act =
      life.chance(6) ? opening(in: town, id: id) : life.act(in: town, id: id, changing: unreadable)
    let person = town.residents[act.place].person
    let isHidden = act.drafts.allSatisfy { draft in
      guard draft.isNew else { return !town.mayRead(observer.person, draft.id) }
      let reference = draft.reference(creator: person, receivedAt: town.now)
      return !may(observer.person, .read, reference, at: town.now, in: town.machine.governing).isAllowed
    }
    guard isHidden, person != observer.person else { return nil }
    if act.drafts.contains(where: { $0.isNew && $0.id == id }) { used += 1 }
    return act
  }

  /// A case of another family.
  private mutating func opening(in town: Town, id: Identifier) -> TownLife.Act {
    let drafts = CaseWork.open(
      case: id, label: "F", on: life.day, creator: town.residents[Place.otherLeader].person, as: .leader,
      identify: { _ in life.random.identifier() })
    return TownLife.Act(place: Place.otherLeader, drafts: drafts)
  }

  /// Other devices connect, follow, confirm and go.
  mutating func live(in town: inout Town, beside observer: Resident) throws {
    for index in others.indices {
      _ = try others[index].hear(&town)
      if life.chance(50) { try others[index].confirm(&town) }
      if life.chance(50) { try others[index].giveReceipt(to: &town) }
    }
    if life.chance(10), let gone = others.popLast() {
      var gone = gone
      gone.disconnect(from: &town)
    }
    if life.chance(8), others.count < 3 {
      let resident = life.pick(town.residents)
      guard resident.person != observer.person,
        !others.contains(where: { $0.resident.person == resident.person })
      else { return }
      var other = Terminal(resident, device: 1)
      _ = try other.connect(to: &town, fromCursor: true, using: &life.random)
      try town.commit()
      _ = try other.hear(&town)
      try other.follow(&town)
      try town.commit()
      others.append(other)
    }
    if life.chance(30) { try town.commit() }
  }
}
