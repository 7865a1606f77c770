public import CRDT

/// Who may end whose access, and why: a table, in which what is not listed is refused.
///
/// It restricts, so one person's word is enough, also for a further leader, whom two must let in. Nobody ends
/// her own account: whoever stays would have to guess whether it was she.
public struct EndingRule: Sendable, Hashable {
  /// The role in the tenant of who ends.
  public let ender: Role
  /// The role of whose access ends.
  public let ended: Role
  /// Whether it must be somebody whom she invited.
  public let needsOwnInvitation: Bool

  /// The table in force.
  public static let table: [EndingRule] =
    Role.names.map { EndingRule(ender: .leader, ended: $0.role, needsOwnInvitation: false) }
    + [.coreTeam, .externalReporter, .analysisTeam, .involvedProfessional, .parent].map {
      EndingRule(ender: .familyCoordinator, ended: $0, needsOwnInvitation: true)
    }

  /// What others may say why they end somebody's access. That she has another device only she knows.
  public static let reasonsOfOthers: Set<RevocationReason> = [.left, .stolen]
  /// What somebody may say why she ends the access of a device of her own.
  public static let ownReasons: Set<RevocationReason> = [.replaced, .stolen]

  /// Whether a person may end the access of another one.
  ///
  /// - Parameters:
  ///   - role: the other one's role in the tenant.
  ///   - inviter: who invited the other one.
  public static func mayEnd(
    _ person: Identifier, _ other: Identifier, in role: Role, invitedBy inviter: Identifier?,
    in state: GoverningState
  ) -> Bool {
    guard person != other, let own = state.role(of: person) else { return false }
    return table.contains { rule in
      rule.ender == own && rule.ended == role && (!rule.needsOwnInvitation || inviter == person)
    }
  }
}
