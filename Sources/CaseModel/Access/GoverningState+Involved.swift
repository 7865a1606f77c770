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
