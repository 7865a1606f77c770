import CRDT
import CaseModel
import Testing

/// Who may end whose access, as a table.
@Suite struct EndingRuleTests {
  private static let other = Identifier(high: 0, low: 2)
  private static let person = Identifier(high: 0, low: 1)

  private func mayEnd(_ role: Role, as own: Role, invited: Bool = false) -> Bool {
    var state = GoverningState()
    state.setRole(own, of: Self.person)
    return EndingRule.mayEnd(
      Self.person, Self.other, in: role, invitedBy: invited ? Self.person : nil, in: state)
  }

  @Test func aLeaderEndsEverybodyButHerself() {
    for (role, name) in Role.names { #expect(mayEnd(role, as: .leader), "\(name)") }
    var state = GoverningState()
    state.setRole(.leader, of: Self.person)
    #expect(!EndingRule.mayEnd(Self.person, Self.person, in: .leader, invitedBy: Self.person, in: state))
    // One whose own account ended ends nobody.
    state.setRole(nil, of: Self.person)
    #expect(!EndingRule.mayEnd(Self.person, Self.other, in: .coreTeam, invitedBy: nil, in: state))
    #expect(!mayEnd(Role(rawValue: 99), as: .leader))
  }

  @Test func aCoordinatorEndsThoseWhomSheInvitedInTheRolesThatSheInvitesTo() {
    for (role, name) in Role.names {
      let invites = InvitationRule.table.contains { $0.inviter == .familyCoordinator && $0.invited == role }
      #expect(mayEnd(role, as: .familyCoordinator, invited: true) == invites, "\(name)")
      #expect(!mayEnd(role, as: .familyCoordinator), "\(name)")
    }
  }

  @Test func everybodyElseEndsNobody() {
    for (own, name) in Role.names where own != .leader && own != .familyCoordinator {
      for (role, _) in Role.names { #expect(!mayEnd(role, as: own, invited: true), "\(name)") }
    }
  }

  @Test func reasonsAreGivenByWhoKnowsThem() {
    #expect(EndingRule.ownReasons == [.replaced, .stolen])
    #expect(EndingRule.reasonsOfOthers == [.left, .stolen])
    for reason in RevocationReason.allCases { #expect(RevocationReason(name: reason.name) == reason) }
    #expect(RevocationReason(name: "lost") == nil)
  }
}
