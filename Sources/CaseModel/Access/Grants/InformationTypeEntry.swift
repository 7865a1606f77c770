import CRDT

/// Which roles reach an information type by the authority's own basis, as an entry of the register says it.
struct InformationTypeEntry: Sendable, Hashable {
  /// The type.
  let type: InformationType
  /// The roles; none named means all that would without an entry.
  let roles: [Role]
  /// When it is in force.
  let period: Period
  /// Whether a second leader confirmed it.
  let isConfirmed: Bool
  /// Whether it was ended.
  let isEnded: Bool

  /// Reads an entry; `nil` when it does not say for which type.
  init?(_ record: CaseRecord) {
    guard let number = record.integer(Field.InformationType.number), let type = UInt32(exactly: number) else {
      return nil
    }
    self.type = InformationType(rawValue: type)
    roles = record.roles(Field.InformationType.roles)
    period = Period(
      start: record.integer(Field.InformationType.validFrom),
      end: record.integer(Field.InformationType.validUntil))
    isConfirmed = record.isConfirmedBySecond(Field.InformationType.confirmedBy)
    isEnded = record.hasElements(Field.InformationType.ended)
  }

  /// Whether the entry has begun to count: until then it is as if it were not there.
  func hasBegun(at instant: Int64) -> Bool { period.start.map { instant >= $0 } ?? true }

  /// Whether the entry is in force.
  func isInForce(at instant: Int64) -> Bool { !isEnded && period.contains(instant) }

  /// Whether it lets a role by. Leaders write it, so what it gives to leaders needs a second one.
  func admits(_ role: Role) -> Bool {
    if roles.isEmpty { return role.reachesByDefault(type) }
    return roles.contains(role) && (role != .leader || isConfirmed)
  }
}

extension CaseRecord {
  /// Whether somebody else than who created the record confirmed it.
  func isConfirmedBySecond(_ field: FieldDefinition) -> Bool {
    guard let confirmer = identifier(field), let creator else { return false }
    return confirmer != creator
  }
}
