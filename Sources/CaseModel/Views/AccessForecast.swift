public import CRDT

/// What a person would be allowed, judged by the policy over the records that a replica holds.
///
/// It is for explaining and for looking before a grant is saved. The server decides, from what it holds: a
/// replica may lack what is withheld from its own person, does not know roles in the tenant other than its
/// own, and counts what is still pending as if the server had taken it.
public struct AccessForecast: Sendable {
  /// How much of one information type she would read.
  public struct Count: Sendable, Hashable {
    /// The type.
    public let type: InformationType
    /// How many records of the type she would read.
    public let readable: Int
    /// How many this replica holds.
    public let held: Int
  }

  /// The person.
  public let person: Identifier
  /// The role in the tenant that was taken to be hers; `nil` when nothing here says that she has an account.
  public let role: Role?
  /// For when it was judged, in milliseconds since 1970 by the server's clock.
  public let instant: Int64
  let state: GoverningState
  private let records: [CaseRecord]

  /// Puts together what governs.
  ///
  /// Whose role is not named is taken to have the one in which she takes part: a participation gives no more
  /// than the role in the tenant warrants, and who invited her looked to that.
  ///
  /// - Parameters:
  ///   - person: whose access is asked for.
  ///   - roles: the roles in the tenant that are known.
  ///   - records: all that the replica holds.
  ///   - drafts: what is judged as if it had been accepted.
  ///   - author: who would write these.
  ///   - instant: milliseconds since 1970 by the server's clock.
  ///   - tenant: the tenant, where cases may have come from another.
  /// - Complexity: O(records)
  public init(
    for person: Identifier, knowing roles: [Identifier: Role], over records: some Sequence<CaseRecord>,
    adding drafts: [RecordDraft] = [], by author: Identifier, at instant: Int64, in tenant: Identifier? = nil
  ) {
    var byID = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { _, later in later })
    for draft in drafts {
      byID[draft.id] = CaseRecord(draft, over: byID[draft.id], by: author, at: instant)
    }
    var state = GoverningState(tenant: tenant)
    var parts: [Identifier: [Role]] = [:]
    for record in byID.values.sorted(by: { $0.id < $1.id }) where record.kind.governsAccess {
      state.update(with: record)
      guard record.kind == .participant, let part = Participation(record), part.isActive else { continue }
      parts[part.person, default: []].append(part.role)
    }
    for (person, own) in parts { state.setRole(Self.warranting(own), of: person) }
    for (person, role) in roles { state.setRole(role, of: person) }
    self.person = person
    self.instant = instant
    self.state = state
    self.records = Array(byID.values)
    role = state.role(of: person)
  }

  /// Of the roles in which somebody takes part the one that warrants most of them, and of these the one that
  /// gives least.
  private static func warranting(_ parts: [Role]) -> Role? {
    parts.map { role in (role, parts.count(where: role.mayTakePart)) }
      .max { ($0.1, $0.0) < ($1.1, $1.0) }?.0
  }

  /// Whether she would read a record, and the rule that decides.
  public func reading(_ record: CaseRecord) -> AccessVerdict {
    may(person, .read, record.reference, at: instant, in: state)
  }

  /// The records of a case that she would be asked for: all that are held, but what gives and takes access
  /// and what lies under aliases.
  private func content(of caseID: Identifier) -> [CaseRecord] {
    records.filter { $0.caseID == caseID && GoverningRule.of($0.kind) == nil && $0.kind.home == .caseFile }
  }

  /// What of a case she would read, by record.
  public func readable(in caseID: Identifier) -> [CaseRecord] {
    content(of: caseID).filter { reading($0).isAllowed }.sorted { $0.id < $1.id }
  }

  /// How much of a case she would read, by information type; a record that was classified as several counts
  /// for each.
  public func counts(in caseID: Identifier) -> [Count] {
    var counts: [InformationType: (readable: Int, held: Int)] = [:]
    let reclassified = state.governance(of: caseID)?.index.reclassified ?? [:]
    for record in content(of: caseID) {
      let isReadable = reading(record).isAllowed
      let types = Set(reclassified[record.id, default: []].flatMap(\.types))
      for type in types.isEmpty ? [record.informationType] : types {
        counts[type, default: (0, 0)].held += 1
        if isReadable { counts[type, default: (0, 0)].readable += 1 }
      }
    }
    return counts.map { Count(type: $0.key, readable: $0.value.readable, held: $0.value.held) }
      .sorted { $0.type.rawValue < $1.type.rawValue }
  }

  /// What came with a case from another tenant, gives rights, and waits for a confirmation; with the rule
  /// that speaks against hers, where one does.
  public func suspended(in caseID: Identifier) -> [(record: CaseRecord, objection: AccessRule?)] {
    let known = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let waiting = state.suspendedRecords(of: caseID).compactMap { known[$0] as CaseRecord? }
    return waiting.map { record -> (record: CaseRecord, objection: AccessRule?) in
      let draft = CaseWork.arrival(id: caseID, in: caseID, confirming: [record.id])
      let reference = RecordReference(
        id: draft.id, kind: .arrival, caseID: caseID, creator: nil, about: [], informationType: .none,
        receivedAt: nil)
      let verdict = may(person, .create(draft.operations), reference, at: instant, in: state)
      return (record, verdict.isAllowed ? nil : verdict.rule)
    }
  }

  /// What names a person or an organisation and counts, so that it is not erased from the register yet. The
  /// server may know of more.
  public func namings(of id: Identifier) -> [GoverningState.Naming] { state.namings(of: id, at: instant) }

  /// Who is to be told that the person broke the glass.
  public func toldOfBreakGlass(in caseID: Identifier) -> [Identifier] {
    state.toldOfBreakGlass(by: person, in: caseID, at: instant).sorted()
  }
}
