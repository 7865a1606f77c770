import CRDT
import CaseModel

/// A tenant of a few persons, cases and aliases, changed at random: with the policy asked, or without.
struct RandomTenant {
  let persons = (1...7).map { Identifier(UInt64($0)) }
  let cases = (101...103).map { Identifier(UInt64($0)) }
  let aliases = (201...205).map { Identifier(UInt64($0)) }
  let roles: [Role] = [.leader, .familyCoordinator, .coreTeam, .externalReporter]
  private(set) var ledger = Ledger()
  var state = GoverningState()
  private var nextID: UInt64 = 1_000

  init(using random: inout SplitMix64) {
    for person in persons where random.chance(90) { state.setRole(random.pick(roles), of: person) }
  }

  /// A draft that somebody might send, sensible or not.
  mutating func draft(by author: Identifier, using random: inout SplitMix64) -> RecordDraft {
    nextID += 1
    let caseID = random.pick(cases)
    switch random.below(8) {
    case 0: return .new(.case, id: caseID, in: caseID)
    case 1, 2, 3:
      let role = random.pick(roles)
      return CaseWork.participant(
        id: Identifier(nextID), in: caseID, person: random.chance(30) ? author : random.pick(persons),
        role: role, alias: role == .externalReporter ? random.pick(aliases) : nil)
    case 4:
      let parts = ledger.all.filter { $0.kind == .participant }
      guard !parts.isEmpty else { return .new(.note, id: Identifier(nextID), in: caseID) }
      return CaseWork.end(participant: random.pick(parts), on: .on("2020-01-01"))
    case 5:
      let standing = ledger.all.first { $0.kind == .allocation && $0.caseID == caseID }
      var draft =
        standing.map(RecordDraft.change) ?? .new(.allocation, id: Identifier(nextID), in: caseID)
      draft.write(Field.Allocation.coordinator, random.pick(persons))
      return draft
    case 6: return .new(.externalUpdate, id: Identifier(nextID), in: random.pick(aliases))
    default:
      let kind = random.pick(
        RecordKind.definitions.filter { $0.home != .alias && $0.kind.rawValue < 40 && $0.kind != .case })
      return .new(kind.kind, id: Identifier(nextID), in: kind.home == .register ? nil : caseID)
    }
  }

  func verdict(_ author: Identifier, _ draft: RecordDraft) -> AccessVerdict {
    may(
      author, draft.action,
      draft.reference(creator: ledger[draft.id]?.creator ?? author, receivedAt: draft.isNew ? nil : 0), at: 0,
      in: state)
  }

  /// Writes a draft without asking, and gives the record as it stands then.
  mutating func write(_ draft: RecordDraft, by author: Identifier) -> CaseRecord? {
    ledger.write(draft, by: author)
    return ledger[draft.id]
  }

  /// References of every kind to every case and alias.
  var references: [RecordReference] {
    RecordKind.definitions.flatMap { definition in
      let places: [Identifier?] =
        switch definition.home {
        case .register: [nil]
        case .caseFile: cases
        case .alias: aliases
        }
      return places.map { place in
        RecordReference(
          id: definition.kind == .case ? place ?? Identifier(0) : Identifier(7), kind: definition.kind,
          caseID: place, creator: nil, about: [], informationType: definition.informationType, receivedAt: 0)
      }
    }
  }

  func readable(by person: Identifier) -> Set<RecordReference> {
    Set(references.filter { may(person, .read, $0, at: 0, in: state).isAllowed })
  }
}
