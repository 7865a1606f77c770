public import CRDT

/// What governs access to one case: who opened it, who takes part, who coordinates it, and all that gives or
/// takes access.
///
/// It stands in one box that nobody changes, so that a copy costs one reference: policy is asked for each
/// change and each reader.
public struct CaseGovernance: Sendable, Hashable {
  private final class Box: Sendable, Hashable {
    let contents: CaseContents
    let index: CaseIndex

    init(_ contents: CaseContents) {
      self.contents = contents
      index = CaseIndex(contents)
    }

    static func == (left: Box, right: Box) -> Bool { left === right || left.contents == right.contents }
    func hash(into hasher: inout Hasher) { hasher.combine(contents) }
  }

  private var box: Box

  /// A case of which nothing is known.
  public init() { box = Box(CaseContents()) }

  /// What the governing records say.
  var contents: CaseContents { box.contents }
  /// The same, by what it is looked up by.
  var index: CaseIndex { box.index }

  /// The case's head; `nil` as long as it is not known.
  public var head: RecordReference? { box.contents.head }
  /// Whether the case's head is known.
  public var isOpen: Bool { head != nil }
  /// The person who opened the case; `nil` when not known.
  public var creator: Identifier? { head?.creator }
  /// The participations by record, ended ones too.
  public var participants: [Identifier: Participation] { box.contents.participants }
  /// The decided coordinator by allocation record. Policy allows one record a case; should a replica hold
  /// several, the one with the smallest id counts, on every replica the same.
  public var allocations: [Identifier: Identifier?] { box.contents.allocations }

  /// The coordinator that the standing allocation names; `nil` when the case is not allocated.
  public var allocatedCoordinator: Identifier? {
    box.contents.allocations.min { $0.key < $1.key }?.value
  }

  /// Takes in a governing record of the case.
  ///
  /// - Complexity: O(governing records of the case)
  ///
  /// - Parameter isFromElsewhere: whether another tenant's people created it.
  mutating func update(with record: CaseRecord, isFromElsewhere: Bool = false) {
    var contents = box.contents
    contents.update(with: record, isFromElsewhere: isFromElsewhere)
    box = Box(contents)
  }

  /// Whether a transfer to the tenant with a card is in force.
  func isMoved(to card: String, of recipient: Identifier) -> Bool {
    contents.transfers.values.contains { $0.isInForce && $0.card == card && $0.recipient == recipient }
  }

  /// Whether the whole case is withheld from a person: then it is as if she had no part in it.
  func isWithheld(from person: Identifier) -> Bool {
    let withheld = box.index.withheld
    return !withheld.isEmpty && withheld[person]?.isWholeCase == true
  }

  /// Whether a person takes part as one of the staff at an instant, in a role that hers in the tenant
  /// warrants.
  func hasStaffPart(_ person: Identifier, warrantedBy role: Role, at instant: Int64) -> Bool {
    guard let parts = box.index.parts[person] else { return false }
    return parts.contains { $0.role.isStaff && $0.stands(at: instant) && role.mayTakePart(as: $0.role) }
      && !isWithheld(from: person)
  }
}
