public import CRDT

/// Everything outside the record itself that decides who may do what: a value, kept up to date record by
/// record.
///
/// A group of changes is judged against a *staged* state, which reads through to the one that it was staged
/// from and holds only what the group touches; so staging costs what it touches and not what the tenant
/// holds.
///
/// ```swift
/// var staged = state.staged()
/// for draft in group where may(…, in: staged).isAllowed { staged.update(with: …) }
/// state.commit(staged)   // or drop it, when the transaction failed
/// ```
public struct GoverningState: Sendable {
  /// One layer of knowledge: all of it, or what a staged state changed.
  struct Layer: Sendable {
    var roles: [Identifier: Role?] = [:]
    var cases: [Identifier: CaseGovernance] = [:]
    var caseOfAlias: [Identifier: Identifier] = [:]
    /// For each person the cases that a participation or a break-glass of hers names: where to look, not what
    /// is so.
    var casesOfPerson: [Identifier: Set<Identifier>] = [:]
    /// Whether an erasure or a transfer was ever taken in: where none was, nobody looks for what it takes
    /// away.
    var hasRemovals = false
    /// Whether anything was ever taken in that says of single records who may read them: likewise.
    var hasAudiences = false
    private var box = RegisterBox.empty

    /// What the layer knows of the register.
    var register: Register {
      _read { yield box.register }
      _modify {
        if !isKnownUniquelyReferenced(&box) { box = RegisterBox(box.register) }
        yield &box.register
      }
    }
  }

  /// A layer that states staged from it share and nobody changes.
  final class Base: Sendable {
    let state: GoverningState
    init(_ state: GoverningState) { self.state = state }
  }

  private(set) var base: Base?
  var layer = Layer()
  /// The tenant. What gives rights and was created in another holds here once it is confirmed (R51); without
  /// a tenant everything counts as its own.
  let tenant: Identifier?

  /// The state of a tenant without accounts and cases.
  public init(tenant: Identifier? = nil) { self.tenant = tenant }

  /// A state that reads through to this one and keeps apart what is changed in it.
  ///
  /// - Complexity: O(1)
  public func staged() -> GoverningState {
    var staged = GoverningState(tenant: tenant)
    staged.base = Base(self)
    return staged
  }

  /// Takes over what was changed in a state that was staged from this one, unchanged since. Give up the
  /// staged state (as its last use does), or its hold on this one makes the takeover copy everything.
  ///
  /// - Complexity: O(what was changed)
  public mutating func commit(_ staged: consuming GoverningState) {
    let changes = staged.layer
    staged = GoverningState()
    layer.roles.merge(changes.roles) { _, new in new }
    layer.hasRemovals = layer.hasRemovals || changes.hasRemovals
    layer.hasAudiences = layer.hasAudiences || changes.hasAudiences
    layer.cases.merge(changes.cases) { _, new in new }
    layer.caseOfAlias.merge(changes.caseOfAlias) { _, new in new }
    layer.casesOfPerson.merge(changes.casesOfPerson) { _, new in new }
    if !changes.register.isEmpty { layer.register.merge(changes.register) }
  }
}

extension GoverningState {
  /// The person's role in the tenant; `nil` for one without an account.
  public func role(of person: Identifier) -> Role? {
    if let known = layer.roles[person] { return known }
    return base?.state.role(of: person)
  }

  /// Gives a person's account a role in the tenant, or with `nil` takes it away. The server alone does this,
  /// from what an invitation said.
  public mutating func setRole(_ role: Role?, of person: Identifier) {
    layer.roles.updateValue(role, forKey: person)
  }

  /// What governs a case; `nil` for one that nothing is known of.
  public func governance(of caseID: Identifier) -> CaseGovernance? {
    layer.cases[caseID] ?? base?.state.governance(of: caseID)
  }

  /// Whether anything may be erased or moved away in any case.
  var hasRemovals: Bool { layer.hasRemovals || base?.state.hasRemovals ?? false }

  /// Whether anything may say of single records, in any case, who may read them.
  public var hasAudiences: Bool { layer.hasAudiences || base?.state.hasAudiences ?? false }

  /// The case behind an alias; it stays so when the participation has ended.
  public func caseID(ofAlias alias: Identifier) -> Identifier? {
    layer.caseOfAlias[alias] ?? base?.state.caseID(ofAlias: alias)
  }

  /// The cases in which the person has or had a part, or broke the glass.
  func cases(of person: Identifier) -> Set<Identifier> {
    layer.casesOfPerson[person] ?? base?.state.cases(of: person) ?? []
  }

  /// Takes in a record as it stands after a change. Records that do not govern access change nothing; taking
  /// in the same state twice changes nothing either.
  public mutating func update(with record: CaseRecord) {
    guard record.kind.governsAccess else { return }
    guard let caseID = record.caseID else {
      // What another tenant's tables say holds there.
      if record.kind.home == .register, !isFromElsewhere(record) { updateRegister(with: record) }
      return
    }
    guard record.kind.home == .caseFile, record.kind != .case || record.id == caseID else { return }
    var governance = governance(of: caseID) ?? CaseGovernance()
    governance.update(with: record, isFromElsewhere: isFromElsewhere(record))
    layer.cases[caseID] = governance
    if record.kind == .erasure || record.kind == .transfer { layer.hasRemovals = true }
    if record.kind.governsReaders { layer.hasAudiences = true }
    if record.kind == .breakGlass, let person = record.creator { note(person, in: caseID) }
    guard record.kind == .participant, let part = Participation(record) else { return }
    note(part.person, in: caseID)
    if let alias = part.alias, self.caseID(ofAlias: alias) == nil { layer.caseOfAlias[alias] = caseID }
  }

  /// Whether a record was created in another tenant.
  private func isFromElsewhere(_ record: CaseRecord) -> Bool {
    guard let tenant, let origin = record.origin else { return false }
    return origin != tenant
  }

  private mutating func note(_ person: Identifier, in caseID: Identifier) {
    layer.casesOfPerson[person] = cases(of: person).union([caseID])
  }

  /// The persons with an account in one of the roles, or in any with `nil`.
  ///
  /// - Complexity: O(accounts)
  func persons(with roles: Set<Role>?) -> Set<Identifier> {
    var persons = base?.state.persons(with: roles) ?? []
    for (person, role) in layer.roles {
      if let role, roles?.contains(role) ?? true { persons.insert(person) } else { persons.remove(person) }
    }
    return persons
  }
}
