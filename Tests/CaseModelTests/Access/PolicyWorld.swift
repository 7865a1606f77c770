import CRDT
import CaseModel

/// A tenant with one case in it, for asking the policy.
struct PolicyWorld {
  static let opener = Identifier(10)
  static let subject = Identifier(11)
  static let member = Identifier(12)
  static let reporter = Identifier(13)
  static let stranger = Identifier(14)
  static let caseID = Identifier(100)
  static let othersAlias = Identifier(200)
  static let ownAlias = Identifier(201)
  static let memberRecord = Identifier(300)
  static let subjectRecord = Identifier(302)
  static let child = Identifier(700)

  /// When the server receives what is written next.
  var now: Int64 = 0
  private(set) var ledger = Ledger()
  static let tenant = Identifier(1)
  private(set) var state = GoverningState(tenant: tenant)

  /// The case was opened by a leader who takes no part in it; a core-team member and a reporter take part.
  init() {
    setRole(.leader, of: Self.opener)
    setRole(.coreTeam, of: Self.member)
    setRole(.externalReporter, of: Self.reporter)
    write(RecordDraft.new(.case, id: Self.caseID, in: Self.caseID), by: Self.opener)
    add(Self.memberRecord, Self.member, .coreTeam)
    add(Identifier(301), Self.reporter, .externalReporter, alias: Self.othersAlias)
  }

  /// The same with one record of each kind that gives or takes access, none of which concerns the subject.
  static var governed: PolicyWorld {
    var world = PolicyWorld()
    for id in [arrived, arrivedToo] {
      world.write(
        CaseWork.custody(id: id, in: caseID, of: child, holder: other, source: "civil_register"),
        origin: Identifier(2))
    }
    for kind in RecordKind.governing {
      if let draft = world.governingDraft(kind, id: standing(kind)) { world.write(draft, by: opener) }
    }
    return world
  }

  /// The id of the one record of a kind.
  static func standing(_ kind: RecordKind) -> Identifier { Identifier(2_000 + UInt64(kind.rawValue)) }

  mutating func setRole(_ role: Role?, of person: Identifier) { state.setRole(role, of: person) }

  /// Writes without asking.
  ///
  /// - Parameter origin: the tenant where a new record comes from.
  mutating func write(
    _ draft: RecordDraft, by author: Identifier = PolicyWorld.opener, origin: Identifier = tenant
  ) {
    ledger.write(draft, by: author, receivedAt: now, origin: origin)
    if let record = ledger[draft.id] { state.update(with: record) }
  }

  /// Writes what comes back after a server was set back without its ledger: its author had seen nothing.
  mutating func bringBack(_ draft: RecordDraft, by author: Identifier) {
    ledger.write(draft, by: author, seen: VersionVector(), receivedAt: now)
    if let record = ledger[draft.id] { state.update(with: record) }
  }

  mutating func add(
    _ id: Identifier, _ person: Identifier, _ role: Role, alias: Identifier? = nil,
    organisation: Identifier? = nil
  ) {
    write(
      CaseWork.participant(
        id: id, in: Self.caseID, person: person, role: role, alias: alias, organisation: organisation))
  }

  mutating func end(_ id: Identifier) {
    if let record = ledger[id] { write(CaseWork.end(participant: record, on: .on("2020-01-01"))) }
  }

  mutating func allocate(to person: Identifier) {
    var draft = RecordDraft.new(.allocation, id: Identifier(400), in: Self.caseID)
    draft.write(Field.Allocation.coordinator, person)
    write(draft)
  }

  func verdict(_ person: Identifier, _ draft: RecordDraft) -> AccessVerdict {
    may(
      person, draft.action,
      draft.reference(creator: ledger[draft.id]?.creator ?? person, receivedAt: draft.isNew ? nil : 0), at: 0,
      in: state)
  }

  func reads(
    _ person: Identifier, _ reference: RecordReference, at instant: Int64 = 0
  ) -> AccessVerdict {
    may(person, .read, reference, at: instant, in: state)
  }

  /// `r`, `c` and `w` for what a person may do with records of a kind, `-` for nothing.
  func rights(of person: Identifier, on kind: RecordKind, alias: Identifier) -> String {
    let isHead = kind == .case
    let caseID: Identifier? =
      switch kind.home {
      case .caseFile: Self.caseID
      case .alias: alias
      case .register, nil: nil
      }
    let standing = governingDraft(kind, id: Self.standing(kind))
    let existing = kind == .participant ? Self.memberRecord : isHead ? Self.caseID : Self.standing(kind)
    func reference(_ id: Identifier, _ creator: Identifier, _ receivedAt: Int64?) -> RecordReference {
      RecordReference(
        id: id, kind: kind, caseID: caseID, creator: creator, about: [Self.child], informationType: .social,
        receivedAt: receivedAt)
    }
    var create = governingDraft(kind, id: Identifier(998))?.operations ?? []
    var write = standing.flatMap { ledger[$0.id] }.map(Self.usualChange) ?? []
    if kind == .participant {
      create =
        CaseWork.participant(id: Identifier(998), in: Self.caseID, person: Self.stranger, role: .coreTeam)
        .operations
      if let record = ledger[Self.memberRecord] {
        write = CaseWork.end(participant: record, on: .on("2020-01-01")).operations
      }
    }
    let standingReference = reference(existing, Self.opener, 0)
    let asked: [(String, Action, RecordReference)] = [
      ("r", .read, standingReference),
      ("c", .create(create), reference(isHead ? Self.caseID : Identifier(998), person, nil)),
      ("w", .write(write), standingReference),
    ]
    let allowed = asked.filter { may(person, $0.1, $0.2, at: 0, in: state).isAllowed }.map(\.0).joined()
    return allowed.isEmpty ? "-" : allowed
  }
}
