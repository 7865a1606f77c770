/// Who may begin and end participations in which role: a table, in which what is not listed is refused.
public struct ParticipationRule: Sendable, Hashable {
  /// Who: a leader of the tenant, or the coordinator of the case.
  public let author: Role
  /// The roles whose participations she begins and ends.
  public let roles: [Role]

  /// The table in force.
  public static let table: [ParticipationRule] = [
    ParticipationRule(
      author: .leader,
      roles: [
        .leader, .familyCoordinator, .coreTeam, .externalReporter, .analysisTeam, .involvedProfessional,
        .parent,
      ]),
    ParticipationRule(
      author: .familyCoordinator,
      roles: [.coreTeam, .externalReporter, .analysisTeam, .involvedProfessional, .parent]),
  ]

  /// The roles that a participation may have at all.
  static let roles: Set<Role> = Set(table.flatMap(\.roles))

  /// Whether the table lists a role for an author.
  public static func allows(_ author: Role, _ role: Role) -> Bool {
    table.contains { $0.author == author && $0.roles.contains(role) }
  }
}
