import CaseModel

/// What the whole numbers of a governing field name.
enum NumberMeaning {
  case plain, informationType, role, instant, money

  /// What those of a field name.
  init(_ field: FieldDefinition) {
    switch field.name {
    case "information_types": self = .informationType
    case "role", "roles", "audience_roles", "excluded_roles": self = .role
    case "starts_at", "ends_at", "horizon", "valid_from", "valid_until", "confirmed_until": self = .instant
    case "amount": self = .money
    default: self = field == Field.InformationType.number ? .informationType : .plain
    }
  }

  /// The stable name of a number that names something; `nil` for one that is only a number.
  func name(_ number: Int64) -> String? {
    guard let known = UInt32(exactly: number) else { return nil }
    switch self {
    case .plain, .instant, .money: return nil
    case .informationType: return InformationType(rawValue: known).name
    case .role: return Role(rawValue: known).name
    }
  }
}
