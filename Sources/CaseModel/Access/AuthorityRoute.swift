public import CRDT

/// Where a decision goes (R69, R70).
public enum AuthorityRoute: Sendable, Hashable {
  /// The person decides herself, by the limit of this record in the register.
  case decides(limit: Identifier)
  /// It is beyond the person's authority and goes on to visitation.
  case visitation
}

extension GoverningState {
  /// Whether a person decides on a matter up to an amount herself, or it goes on to visitation.
  ///
  /// A limit that names her goes before one of her role in the tenant; of several the smallest holds, and
  /// without one she decides nothing.
  ///
  /// - Parameter amount: in the smallest unit of money.
  public func authority(
    of person: Identifier, on matter: String, amount: Int64, at instant: Int64
  ) -> AuthorityRoute {
    guard let role = role(of: person), amount >= 0 else { return .visitation }
    let standing = limits.compactMap { id, limit in limit.map { (id: id, limit: $0) } }.filter {
      $0.limit.matter == matter && $0.limit.isStanding && $0.limit.period.contains(instant)
    }
    let own = standing.filter { $0.limit.person == person }
    let candidates = own.isEmpty ? standing.filter { $0.limit.person == nil && $0.limit.role == role } : own
    let smallest = candidates.min { ($0.limit.amount, $0.id) < ($1.limit.amount, $1.id) }
    guard let smallest, amount <= smallest.limit.amount else { return .visitation }
    return .decides(limit: smallest.id)
  }
}
