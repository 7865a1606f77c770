public import CRDT

extension RecordKind {
  /// Whether records of this kind decide who may read and write a case.
  public var governsAccess: Bool { self == .case || self == .allocation || self == .participant }
}

extension GoverningState {
  /// Everybody whose access to a case its records may decide: its creator, and whoever takes or took part.
  public func involvedPersons(in caseID: Identifier) -> Set<Identifier> {
    guard let governance = governance(of: caseID) else { return [] }
    var persons = Set(governance.participants.values.map(\.person))
    if let creator = governance.creator { persons.insert(creator) }
    return persons
  }
}

extension GoverningState {
  /// The aliases under which a person may send updates.
  public func ownAliases(of person: Identifier) -> [Identifier] {
    scopes(of: person).compactMap { scope in
      guard case .alias(let alias) = scope, owns(person, alias: alias) else { return nil }
      return alias
    }
  }
}
