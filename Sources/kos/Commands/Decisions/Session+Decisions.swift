import CRDT
import CaseModel

extension Session {
  /// Whether the user decides herself, as far as this replica can tell; said where she does not (R69, R70).
  func tellRoute(on matter: String, cost: Int) throws {
    if let others = try whoElseDecides(on: matter, cost: cost) { output.notice(others) }
  }

  /// Who decides on a matter where the user does not, as far as this replica can tell, in a sentence; `nil`
  /// where she does.
  func whoElseDecides(on matter: String, cost: Int) throws -> String? {
    let stock = try replica.stock()
    let (now, cost) = (replica.now(), Int64(cost))
    let own = stock.authority(of: me, as: replica.profile.role, on: matter, amount: cost, at: now)
    guard own == .visitation else { return nil }
    let deciders = stock.deciders(on: matter, amount: cost, at: now)
    let names = deciders.persons.filter { $0 != me }.map { name($0, stock) }
    let roles = deciders.roles.filter { $0 != replica.profile.role }
      .map { output.say(.anybodyInRole, role($0)) }
    let others = (names + roles).joined(separator: ", ")
    let label = output.label(matter)
    return others.isEmpty
      ? output.say(.decidedByNobody, label, matter.shown) : output.say(.goesToVisitationOf, label, others)
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
