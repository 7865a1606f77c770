import CRDT
import CaseModel
import WireProtocol

/// What governed a case before, read back from its log.
extension GroupStage {
  /// An instant, and what governed then.
  struct PastState {
    let instant: Int64
    let governing: GoverningState
  }

  /// How many instants are looked at. More changes of rights than this between two contacts of a device are
  /// not told apart: the oldest and the newest count.
  private static let pastMax = 64

  /// What governed a case at each time since an instant at which a person's rights changed, that instant and
  /// the last before this group included. Her account counts as it was before it ended.
  ///
  /// - Complexity: O(changes of what governs the case × those since the instant): it is asked when something
  ///   is refused, and not otherwise.
  func pastStates(
    of caseID: Identifier, for account: Account, since instant: Int64
  ) throws -> [PastState] {
    // What was erased governed nothing but who read it.
    let histories = try governing.governingRecords(of: caseID).filter { !source.isErased($0) }
      .map { try history(of: $0) }
    let times = Set(histories.flatMap(\.times)).filter { $0 > instant && $0 <= receivedAt }.sorted()
    var states: [PastState] = []
    for (start, end) in zip([instant] + times, times + [receivedAt]) {
      let past = past(of: caseID, histories, at: start, for: account)
      var next: Int64? = start
      while let time = next, time <= end, states.count < Self.pastMax {
        states.append(PastState(instant: time, governing: past))
        next = past.nextChange(for: account.person, after: time)
      }
    }
    guard states.count == Self.pastMax, let last = times.last else { return states }
    let past = past(of: caseID, histories, at: last - 1, for: account)
    return states + [PastState(instant: last - 1, governing: past)]
  }

  private func past(
    of caseID: Identifier, _ histories: [PastRecord], at instant: Int64, for account: Account
  ) -> GoverningState {
    var past = governing.replacing(caseID, by: histories.compactMap { $0.record(at: instant) })
    past.setRole(account.role, of: account.person)
    return past
  }

  private func history(of record: Identifier) throws -> PastRecord {
    // What the group itself changed is now, and nothing of the past.
    PastRecord(id: record, changes: try source.changes(of: record, after: 0)) { account($0)?.person }
  }
}

/// A governing record as it stood at earlier times.
struct PastRecord {
  private let id: Identifier
  private let facts: RecordFacts?
  private let creator: Identifier?
  private let createdAt: Int64
  private let creation: ChangeID?
  private let changes: [Step]

  /// A change, or the number of one that is void.
  enum Step {
    case change(Change)
    case void(ChangeID, receivedAt: Int64)

    var id: ChangeID {
      switch self {
      case .change(let change): change.id
      case .void(let id, _): id
      }
    }

    /// The account that wrote it; of a void one nobody's.
    var author: Identifier? {
      if case .change(let change) = self { change.context.author } else { nil }
    }

    var receivedAt: Int64 {
      switch self {
      case .change(let change): change.context.receivedAt ?? .max
      case .void(_, let receivedAt): receivedAt
      }
    }
  }

  init(id: Identifier, changes: [DeliveredChange], person: (Identifier) -> Identifier?) {
    self.id = id
    let creating = changes.first { $0.header.creates != nil && $0.voidDigest == nil }
    facts = creating?.header.creates
    creator = (creating?.header.author).flatMap(person)
    createdAt = creating?.receivedAt ?? 0
    creation = creating?.header.id
    self.changes = changes.map { delivered in
      let void = Step.void(delivered.header.id, receivedAt: delivered.receivedAt)
      guard let payload = delivered.payload else { return void }
      let encoded = EncodedChange(header: delivered.header, payload: payload, origin: delivered.origin)
      let change = try? encoded.decoded(receivedAt: delivered.receivedAt, seal: delivered.seal)
      return change.map(Step.change) ?? void
    }
  }

  /// When it changed, in milliseconds since 1970.
  var times: [Int64] { changes.map(\.receivedAt) }

  /// The record as it stood; `nil` before it was created.
  func record(at instant: Int64) -> CaseRecord? {
    createdAt <= instant ? record { $0.receivedAt <= instant } : nil
  }

  /// The record as it stands by some of its changes; `nil` when its creation is not among them.
  func record(by isThere: (Step) -> Bool) -> CaseRecord? {
    guard let facts else { return nil }
    var state = RecordState()
    // What a restored server got back was received before what stands in front of it in the log: what does
    // not follow at that instant was not there either.
    for step in changes where isThere(step) && state.isNext(step.id) {
      switch step {
      case .change(let change): state.apply(change)
      case .void(let id, _): state.applyVoid(id)
      }
    }
    guard let creation, state.version.contains(creation) else { return nil }
    return CaseRecord(
      id: id, kind: RecordKind(rawValue: facts.kind), caseID: facts.caseID, created: facts.created,
      receivedAt: createdAt, creator: creator, about: facts.about,
      informationType: InformationType(rawValue: facts.informationType), origin: facts.tenant,
      state: state)
  }
}
