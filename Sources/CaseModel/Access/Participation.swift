public import CRDT

/// One person's part in one case, as a participant record says it.
public struct Participation: Sendable, Hashable {
  /// Codes of `Field.Participant.status`.
  public enum Status {
    /// The person takes part.
    public static let active = "active"
    /// The person does not take part any more.
    public static let ended = "ended"
  }

  /// Who takes part.
  public let person: Identifier
  /// In which role.
  public let role: Role
  /// The name that an external reporter knows the case by; `nil` for every other role.
  public let alias: Identifier?
  /// Whether it gives anything: `false` once it ended.
  public let isActive: Bool

  /// Describes a participation.
  public init(person: Identifier, role: Role, alias: Identifier?, isActive: Bool) {
    self.person = person
    self.role = role
    self.alias = alias
    self.isActive = isActive
  }

  /// Reads the participation from a participant record; `nil` when the record does not say who takes part as
  /// what. A status that is missing or unknown gives nothing.
  public init?(_ record: CaseRecord) {
    guard let person = record.identifier(Field.Participant.person),
      let number = record.integer(Field.Participant.role), let role = UInt32(exactly: number)
    else { return nil }
    self.init(
      person: person, role: Role(rawValue: role), alias: record.identifier(Field.Participant.alias),
      isActive: record.text(Field.Participant.status) == Status.active)
  }

  /// Reads the participation that a first change of these operations makes; `nil` when they do not say who
  /// takes part as what, or say it twice.
  public init?(creating operations: [Operation]) {
    var decided: [FieldID: Value] = [:]
    for operation in operations {
      guard case .decide(let value) = operation.action else { continue }
      guard decided.updateValue(value, forKey: operation.field) == nil else { return nil }
    }
    guard case .identifier(let person)? = decided[Field.Participant.person.id],
      case .integer(let number)? = decided[Field.Participant.role.id], let role = UInt32(exactly: number),
      case .text(let status)? = decided[Field.Participant.status.id]
    else { return nil }
    var alias: Identifier?
    switch decided[Field.Participant.alias.id] {
    case .identifier(let identifier)?: alias = identifier
    case nil: break
    default: return nil
    }
    self.init(person: person, role: Role(rawValue: role), alias: alias, isActive: status == Status.active)
  }
}
