import CRDT
import CaseModel

extension Session {
  /// Whether the user decides herself, as far as this replica can tell; said where she does not (R69, R70).
  @discardableResult
  func tellRoute(on matter: String, amount: Int) throws -> AuthorityRoute {
    let stock = try replica.stock()
    let now = replica.now()
    func route(_ person: Identifier, _ role: Role) -> AuthorityRoute {
      stock.authority(of: person, as: role, on: matter, amount: Int64(amount), at: now)
    }
    let own = route(me, replica.profile.role)
    guard own == .visitation else { return own }
    let others = stock.deciders(on: matter, at: now).filter { $0 != me && route($0, .leader) != .visitation }
    let names = others.map { name($0, stock) }.joined(separator: ", ")
    output.notice(names.isEmpty ? output.say(.goesToVisitation) : output.say(.goesToVisitationOf, names))
    return own
  }

  /// What is missing before a decision may be issued, in words (R20).
  func missing(before basis: LawfulBasis) -> String {
    basis.missing.map { missing in
      switch missing {
      case .assessment: output.say(.assessmentMissing)
      case .bothLegalAreas: output.say(.lacksLegalArea)
      case .information:
        output.say(
          .informationMissing,
          basis.openRequests.map { $0.what.map(output.label) ?? "–" }.joined(separator: ", "))
      }
    }.joined(separator: "; ")
  }
}
