import CRDT
import CaseModel

/// Who may read what, worked out anew from what was accepted, without the product's policy.
struct Readers {
  struct Part {
    let caseID: Identifier
    let person: Identifier
    let role: Role
    let alias: Identifier?
    var isActive: Bool
  }

  /// The role in the tenant of everybody who has an account.
  var roles: [Identifier: Role] = [:]
  private(set) var parts: [Identifier: Part] = [:]

  /// Takes in an accepted change.
  mutating func accept(_ change: WrittenChange, kind: RecordKind, home: Identifier?) {
    guard kind == .participant, let caseID = home else { return }
    var values: [FieldID: Value] = [:]
    for operation in change.operations {
      if case .decide(let value) = operation.action { values[operation.field] = value }
    }
    let status = values[Field.Participant.status.id]
    if case .identifier(let person)? = values[Field.Participant.person.id],
      case .integer(let role)? = values[Field.Participant.role.id]
    {
      var alias: Identifier?
      if case .identifier(let named)? = values[Field.Participant.alias.id] { alias = named }
      parts[change.change.header.record] = Part(
        caseID: caseID, person: person, role: Role(rawValue: UInt32(role)), alias: alias,
        isActive: status == .text("active"))
    } else if status == .text("ended") {
      parts[change.change.header.record]?.isActive = false
    }
  }

  func mayRead(_ person: Identifier, _ kind: RecordKind, home: Identifier?) -> Bool {
    guard let role = roles[person], let definition = kind.definition else { return false }
    switch definition.home {
    case .register: return role.isStaff
    case .caseFile:
      if definition.isMilestone, role == .leader { return true }
      return parts.values.contains {
        $0.isActive && $0.person == person && $0.caseID == home && $0.role.isStaff
      }
    case .alias:
      return parts.values.contains { part in
        guard part.isActive, part.person == person else { return false }
        if part.role == .externalReporter { return part.alias == home }
        let isInCase = parts.values.contains { $0.alias == home && $0.caseID == part.caseID }
        return isInCase && (part.role == .familyCoordinator || part.role == .leader)
      }
    }
  }

  /// Whether a person is in a case as one of the staff now.
  func takesPart(_ person: Identifier, in caseID: Identifier) -> Bool {
    parts.values.contains {
      $0.isActive && $0.person == person && $0.caseID == caseID && $0.role.isStaff
    }
  }
}
