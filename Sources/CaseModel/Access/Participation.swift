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
  /// The organisation that vouches for the person; without one an involved professional's part gives nothing.
  public let organisation: Identifier?
  /// When it gives anything, as far as it was not ended.
  let period: Period
  /// Whether it was not ended; its period may be over all the same.
  public let isActive: Bool

  /// Whether it gives anything at an instant, in milliseconds since 1970 by the server's clock.
  public func stands(at instant: Int64) -> Bool { isActive && period.contains(instant) }

  /// Reads the participation from a participant record; `nil` when the record does not say who takes part as
  /// what. A status that is missing or unknown gives nothing.
  public init?(_ record: CaseRecord) {
    guard let person = record.identifier(Field.Participant.person),
      let number = record.integer(Field.Participant.role), let role = UInt32(exactly: number)
    else { return nil }
    self.person = person
    self.role = Role(rawValue: role)
    alias = record.identifier(Field.Participant.alias)
    organisation = record.identifier(Field.Participant.organisation)
    period = Period(
      start: record.integer(Field.Participant.startsAt), end: record.integer(Field.Participant.endsAt))
    isActive = record.text(Field.Participant.status) == Status.active
  }
}
