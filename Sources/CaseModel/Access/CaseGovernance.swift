public import CRDT

/// What governs access to one case: who opened it, who takes part, and who coordinates it.
public struct CaseGovernance: Sendable, Hashable {
  /// Whether the case's head is known.
  public internal(set) var isOpen = false
  /// The person who opened the case; `nil` when not known.
  public internal(set) var creator: Identifier?
  /// The participations by record, ended ones too.
  public internal(set) var participants: [Identifier: Participation] = [:]
  /// The decided coordinator by allocation record. Policy allows one record a case; should a replica hold
  /// several, the one with the smallest id counts, on every replica the same.
  public internal(set) var allocations: [Identifier: Identifier?] = [:]

  /// A case of which nothing is known.
  public init() {}

  /// The coordinator that the standing allocation names; `nil` when the case is not allocated.
  public var allocatedCoordinator: Identifier? {
    allocations.min { $0.key < $1.key }?.value
  }

  /// The roles of a person's active participations.
  func roles(of person: Identifier) -> [Role] {
    participants.values.filter { $0.isActive && $0.person == person }.map(\.role)
  }
}
