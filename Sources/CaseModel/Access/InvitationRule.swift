public import CRDT

/// Who may invite whom: a table, in which what is not listed is refused.
///
/// A further leader needs a second leader's word and so is not in the table.
public struct InvitationRule: Sendable, Hashable {
  /// The inviter's role in the tenant.
  public let inviter: Role
  /// The role that the invited person gets.
  public let invited: Role
  /// Whether the invitation must name a case that the inviter coordinates.
  public let needsOwnCase: Bool

  /// The table in force.
  public static let table: [InvitationRule] =
    [
      .familyCoordinator, .coreTeam, .analysisTeam, .involvedProfessional, .parent, .dataProtectionOfficer,
      .administrator,
    ].map { InvitationRule(inviter: .leader, invited: $0, needsOwnCase: false) }
    + [.coreTeam, .externalReporter, .analysisTeam, .involvedProfessional, .parent].map {
      InvitationRule(inviter: .familyCoordinator, invited: $0, needsOwnCase: true)
    }

  /// Whether a person may invite someone to a role, for a case when one is named.
  public static func mayInvite(
    _ person: Identifier, to invited: Role, case caseID: Identifier?, at instant: Int64,
    in state: GoverningState
  ) -> AccessVerdict {
    guard let role = state.role(of: person) else { return .denied(.noAccount) }
    guard let rule = table.first(where: { $0.inviter == role && $0.invited == invited }) else {
      return .denied(.roleInsufficient)
    }
    if let caseID {
      guard let governance = state.governance(of: caseID), governance.isOpen,
        !governance.isWithheld(from: person)
      else { return .denied(.noParticipation) }
    }
    guard rule.needsOwnCase else { return .allowed(.leaderStep) }
    guard let caseID, state.coordinates(person, caseID, at: instant) else {
      return .denied(.noParticipation)
    }
    return .allowed(.coordinatorParticipants)
  }
}
