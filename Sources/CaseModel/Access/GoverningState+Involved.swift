public import CRDT

extension RecordKind {
  /// The kinds whose records decide who may do what, in order of number: what a server that starts reads.
  public static let governing: [RecordKind] =
    definitions.filter { $0.isGoverned || $0.kind == .case }.map(\.kind)

  /// Whether records of this kind decide who may do what: of a case its head, and every governed kind.
  public var governsAccess: Bool { self == .case || isGoverned }

  /// Whether two persons may have records of this kind erased from the register: what governs would govern no
  /// more, and without its workflow nobody could tell any more where a case stands.
  public var isErasedFromRegister: Bool { home == .register && !isGoverned && self != .workflow }

  /// Whether two persons may have records of this kind erased from a case: what governs would govern no more.
  /// A protected contact says only who reads itself, and nobody reads what was erased.
  public var isErasedFromCase: Bool { home != .register && (!governsAccess || self == .protectedContact) }

  /// Whether records of this kind say of single records who may read them.
  public var governsReaders: Bool {
    self == .release || self == .reclassification || self == .protectedContact
  }
}

extension GoverningState {
  /// Everybody whose access to a case its records may decide: its creator, whoever takes or took part or
  /// broke the glass, and whoever is withheld something. Where a record was classified anew or erased, or the
  /// case was moved away, leaders and data protection officers too, who read some of every case.
  ///
  /// - Complexity: O(what governs the case); with a record that was classified anew or erased O(accounts)
  public func involvedPersons(in caseID: Identifier) -> Set<Identifier> {
    guard let governance = governance(of: caseID) else { return [] }
    var persons = Set(governance.index.parts.keys)
    persons.formUnion(governance.index.glasses.keys)
    persons.formUnion(governance.contents.withholdings.values.map(\.person))
    if let creator = governance.creator { persons.insert(creator) }
    if !governance.index.reclassified.isEmpty || !governance.index.erased.isEmpty
      || !governance.contents.transfers.isEmpty
    {
      persons.formUnion(self.persons(with: [.leader, .dataProtectionOfficer]))
    }
    return persons
  }

  /// The cases that two persons had moved to another tenant, in order.
  ///
  /// - Parameters:
  ///   - card: the digest of the tenant's card, 64 hexadecimal digits.
  ///   - recipient: the tenant.
  /// - Complexity: O(cases)
  public func casesMoved(to card: String, of recipient: Identifier) -> [Identifier] {
    let own = layer.cases.filter { $0.value.isMoved(to: card, of: recipient) }.map(\.key)
    let before = base?.state.casesMoved(to: card, of: recipient).filter { layer.cases[$0] == nil } ?? []
    return (own + before).sorted()
  }

  /// Whether somebody here confirmed anything of a case that came from another tenant: from then on what
  /// governs it is decided here alone.
  public func isTakenOver(_ caseID: Identifier) -> Bool {
    governance(of: caseID)?.contents.arrivals.isEmpty == false
  }

  /// The records of a case that came with it from another tenant, give rights, and wait for somebody here to
  /// confirm them, in order.
  public func suspendedRecords(of caseID: Identifier) -> [Identifier] {
    let suspended = governance(of: caseID)?.contents.suspended ?? [:]
    return suspended.values.filter(\.kind.givesRights).map(\.id).sorted()
  }

  /// The records of a case that two persons had erased, in order.
  ///
  /// - Complexity: O(n log n)
  public func erasedRecords(of caseID: Identifier) -> [Identifier] {
    governance(of: caseID)?.index.erased.sorted() ?? []
  }

  /// Whether two persons had a record erased that lies in a case, or under one of its aliases.
  public func isErased(_ record: Identifier, in home: Identifier) -> Bool {
    governance(of: caseID(ofAlias: home) ?? home)?.index.erased.contains(record) ?? false
  }

  /// Everybody whose access a governing record of the register may decide: whom an organisation vouches for,
  /// and of a legal basis or an information type everybody with an account, since these tables hold for all
  /// cases. Authority limits decide on no access.
  ///
  /// - Complexity: O(accounts) for legal bases and information types
  public func involvedPersons(inRegister record: CaseRecord) -> Set<Identifier> {
    switch record.kind {
    case .vouching: return Set([record.identifier(Field.Vouching.person)].compactMap { $0 })
    case .legalBasis, .informationType: return persons(with: nil)
    default: return []
    }
  }

  /// The aliases under which a person may send updates.
  public func ownAliases(of person: Identifier, at instant: Int64) -> [Identifier] {
    scopes(of: person, at: instant).compactMap { scope in
      guard case .alias(let alias) = scope, owns(person, alias: alias, at: instant) else { return nil }
      return alias
    }
  }

  /// Who is told that a person broke the glass: the case's coordinator and the leaders who take part in it,
  /// and where that is nobody else, the other leaders of the tenant.
  public func toldOfBreakGlass(by person: Identifier, in caseID: Identifier, at instant: Int64)
    -> Set<Identifier>
  {
    guard let governance = governance(of: caseID) else { return [] }
    let told = updateReaders(of: caseID, at: instant)
      .union(holders(of: .leader, in: governance, at: instant)).subtracting([person])
    if !told.isEmpty { return told }
    return persons(with: [.leader]).filter { $0 != person && !governance.isWithheld(from: $0) }
  }
}
