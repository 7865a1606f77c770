public import CRDT

/// Whether a person may do something with a record, and the rule that decides. The one place that answers
/// this.
///
/// Access is participation and ground: the case's own staff have the authority's basis for casework,
/// everybody else needs one that covers the record. Default is deny. The server's verdict counts; a client
/// asks the same function only to explain.
///
/// - Parameters:
///   - person: who wants to act.
///   - action: what she wants to do.
///   - record: the record; when it is created, `creator` is she herself.
///   - instant: milliseconds since 1970 by the server's clock, the only time that counts for rights.
///   - state: what governs access as it stands at that instant.
public func may(
  _ person: Identifier, _ action: Action, _ record: RecordReference, at instant: Int64,
  in state: GoverningState
) -> AccessVerdict {
  guard let role = state.role(of: person) else { return .denied(.noAccount) }
  guard let definition = record.kind.definition else { return .denied(.unknownKind) }
  let query = AccessQuery(person: person, role: role, record: record, instant: instant, state: state)
  let verdict = query.verdict(action, definition)
  // Only who might read it otherwise is told that it is gone.
  guard verdict.isAllowed, state.hasRemovals else { return verdict }
  if query.isErased(definition) { return .denied(.erased) }
  if query.givesToErased(action) { return .denied(.namesErased) }
  return query.isMovedAway(definition, action) ? .denied(.movedAway) : verdict
}

/// One question to the policy: who asks, about which record, when, and what governs.
struct AccessQuery {
  let person: Identifier
  /// The person's role in the tenant.
  let role: Role
  let record: RecordReference
  let instant: Int64
  let state: GoverningState

  /// What is decided without looking whether the record was erased.
  func verdict(_ action: Action, _ definition: RecordKind.Definition) -> AccessVerdict {
    switch (definition.home, record.caseID) {
    case (.register, nil): return registerVerdict(action, isGoverned: definition.isGoverned)
    case (.caseFile, let caseID?):
      if record.kind == .case, record.id != caseID { return .denied(.misplaced) }
      switch action {
      case .read: return caseReadVerdict(caseID, isMilestone: definition.isMilestone)
      case .create(let operations): return caseCreateVerdict(caseID, operations)
      case .write(let operations): return caseWriteVerdict(caseID, operations, definition)
      }
    case (.alias, let alias?): return aliasVerdict(alias, action)
    default: return .denied(.misplaced)
    }
  }

  /// Whether two persons had the record erased. What governs never is, but for a protected contact.
  func isErased(_ definition: RecordKind.Definition) -> Bool {
    guard let home = record.caseID else {
      return record.kind.isErasedFromRegister && state.isErasedFromRegister(record.id)
    }
    guard record.kind.isErasedFromCase else { return false }
    let caseID = definition.home == .alias ? state.caseID(ofAlias: home) : home
    guard let erased = caseID.flatMap(state.governance)?.index.erased, !erased.isEmpty else { return false }
    return erased.contains(record.id)
  }

  /// Whether two persons had the case moved to another tenant. Its head and what says so stay with leaders
  /// and the data protection officer, and only that it moved can still be changed.
  func isMovedAway(_ definition: RecordKind.Definition, _ action: Action) -> Bool {
    guard let home = record.caseID else { return false }
    let caseID = definition.home == .alias ? state.caseID(ofAlias: home) : home
    guard caseID.flatMap(state.governance)?.index.isMovedAway == true else { return false }
    let isOversight = role == .leader || role == .dataProtectionOfficer
    let isKept = record.kind == .transfer || (record.kind == .case && action == .read)
    return !(isOversight && isKept)
  }

  /// Whether the person takes part as one of the staff.
  func takesPart(in caseID: Identifier) -> Bool { state.takesPart(person, in: caseID, at: instant) }
  /// Whether the person coordinates the case.
  func coordinates(_ caseID: Identifier) -> Bool { state.coordinates(person, caseID, at: instant) }
}
