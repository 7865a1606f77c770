import CRDT
import CaseModel
import WireProtocol

/// Whether one change may enter its record: the checks that concern neither its place in the chain nor its
/// signature.
struct Admission {
  /// What was found.
  enum Finding {
    /// The change may enter, decoded for merging.
    case accepted(Change)
    /// It may not.
    case refused(ErrorCode)
  }

  /// Who wrote.
  let account: Account
  let tenant: Identifier
  /// Who may do what, with all that was accepted before.
  let governing: GoverningState
  /// The person who created the record.
  let creator: Identifier?
  /// Milliseconds since 1970 by the server's clock.
  let instant: Int64
  /// What of the record a vector may name though the log lacks it.
  let awaited: VersionVector
  /// Whether something of another record is awaited.
  private let isAwaited: (Identifier) -> Bool

  init(
    account: Account, tenant: Identifier, governing: GoverningState, creator: Identifier?, at instant: Int64,
    awaited: VersionVector, isAwaited: @escaping (Identifier) -> Bool
  ) {
    self.isAwaited = isAwaited
    self.awaited = awaited
    self.account = account
    self.tenant = tenant
    self.governing = governing
    self.creator = creator
    self.instant = instant
  }

  /// Judges a change on the record as it stands. What the person may not read and what does not exist look
  /// alike.
  ///
  /// - Parameters:
  ///   - seal: of the stamp that the change gets when it is accepted.
  ///   - isDecision: whether it brings in what waited for a person, who decides so: what the author was
  ///     allowed, and she decides on, policy is not asked for again.
  func judge(
    _ change: EncodedChange, sealed seal: Seal, on snapshot: RecordSnapshot, isDecision: Bool = false
  ) -> Finding {
    let header = change.header
    let decoded: Change
    do {
      decoded = try change.decoded(receivedAt: instant, seal: seal)
    } catch let error as ProtocolError where error.code == .tooLarge {
      return .refused(.tooLarge)
    } catch {
      return .refused(.invalidContent)
    }
    guard header.author == account.id else { return .refused(.wrongAuthor) }
    // What the server accepted once stays accepted, whatever policy says now.
    if isDecision {
      guard (header.creates == nil) == (snapshot.facts != nil) else {
        return .refused(header.creates == nil ? .notAvailable : .recordExists)
      }
    } else if change.origin?.stamp == nil,
      let code = refusal(of: header, operations: decoded.operations, on: snapshot)
    {
      return .refused(code)
    }
    guard snapshot.state.isNext(header.id) else { return .refused(.causality) }
    guard isKnown(to: decoded.context, on: snapshot.state) else { return .refused(unknown) }
    guard header.version[header.id.actor] == header.id.number - 1 else { return .refused(.causality) }
    guard snapshot.state.unknownCharacter(in: decoded, awaiting: awaited) == nil else {
      return .refused(unknown)
    }
    guard snapshot.state.unseenDecision(in: decoded) == nil else { return .refused(.alreadyDecided) }
    guard staysInBounds(decoded, on: snapshot.state), snapshot.isDeliverable(after: decoded) else {
      return .refused(.tooManyValues)
    }
    return .accepted(decoded)
  }

  /// Why a change is refused that names what the log does not have: as long as something of the record is to
  /// come back, that may come too.
  private var unknown: ErrorCode { awaited.isEmpty ? .causality : .awaited }

  /// Whether the log has, or awaits, all that the change names.
  private func isKnown(to context: ChangeContext, on state: RecordState) -> Bool {
    if state.isReady(for: context) { return true }
    guard !awaited.isEmpty else { return false }
    var known = state.version
    known.merge(awaited)
    return known.contains(context.version) && context.origin.map { known.contains($0.version) } ?? true
  }

  /// Policy, and whether the record is there or not as the header takes it to be.
  private func refusal(
    of header: ChangeHeader, operations: [Operation], on snapshot: RecordSnapshot
  ) -> ErrorCode? {
    refusal(of: header, operations, reference: snapshot.reference { _ in creator })
  }

  /// Whether policy alone lets a change in.
  ///
  /// - Parameter reference: the record that is there; `nil` when there is none.
  func isAllowed(_ header: ChangeHeader, _ operations: [Operation], reference: RecordReference?) -> Bool {
    refusal(of: header, operations, reference: reference) == nil
  }

  private func refusal(
    of header: ChangeHeader, _ operations: [Operation], reference: RecordReference?
  ) -> ErrorCode? {
    guard let reference else {
      guard let creates = header.creates else { return awaited.isEmpty ? .notAvailable : .awaited }
      return refusal(ofCreating: header.record, creates, operations)
    }
    let reading = may(account.person, .read, reference, at: instant, in: governing)
    guard reading.isAllowed else { return reading.rule == .erased ? .erased : .notAvailable }
    guard header.creates == nil else { return .recordExists }
    guard areUnderstood(operations, in: reference.kind) else { return .invalidContent }
    let verdict = may(account.person, .write(operations), reference, at: instant, in: governing)
    return verdict.isAllowed ? nil : .forbidden
  }

  private func refusal(
    ofCreating record: Identifier, _ facts: RecordFacts, _ operations: [Operation]
  ) -> ErrorCode? {
    guard facts.tenant == tenant else { return .invalidContent }
    let kind = RecordKind(rawValue: facts.kind)
    if facts.about.isEmpty, kind.definition?.home == .caseFile { return .invalidContent }
    guard areUnderstood(operations, in: kind) else { return .invalidContent }
    let reference = facts.reference(creating: record, by: account.person)
    let verdict = may(account.person, .create(operations), reference, at: instant, in: governing)
    guard !verdict.isAllowed else { return nil }
    if verdict.rule == .erased { return .erased }
    guard let caseID = facts.caseID else { return .forbidden }
    if isAwaited(caseID) { return .awaited }
    guard let head = governing.governance(of: caseID)?.head else { return .notAvailable }
    return may(account.person, .read, head, at: instant, in: governing).isAllowed ? .forbidden : .notAvailable
  }

  /// Whether a record that governs access takes only what its kind defines (`Protocol/governing.md`): what
  /// another version would read differently must not stand in it.
  private func areUnderstood(_ operations: [Operation], in kind: RecordKind) -> Bool {
    guard kind.isGoverned, let definition = kind.definition else { return true }
    return operations.allSatisfy { definition.field($0.field)?.kind == $0.kind }
  }

  /// Whether no field gets more live values, and the record no more fields, than the limits allow.
  private func staysInBounds(_ change: Change, on state: RecordState) -> Bool {
    if state.fieldCount + change.operations.count > Limits.recordFields {
      let new = Set(change.operations.map { RecordState.Key(field: $0.field, kind: $0.kind) })
        .filter { !state.holds($0) }
      guard state.fieldCount + new.count <= Limits.recordFields else { return false }
    }
    let characters = change.operations.reduce(0) { sum, operation in
      if case .edit(let edit) = operation.action { sum + edit.insertedCount } else { sum }
    }
    guard characters == 0 || state.textCharacters + characters <= Limits.textCharacters else { return false }
    return state.fieldOver(limit: { _ in Limits.fieldValues }, after: change) == nil
  }
}
