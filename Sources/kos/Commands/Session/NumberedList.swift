import CaseModel

/// A list whose numbers commands take.
enum NumberedList {
  /// The records of one kind, of a case or of the register.
  case ofKind
  /// A case's meetings, of whatever kind.
  case meetings
  /// None: the records are named by their ids alone.
  case unnumbered

  /// What tells it from others; `nil` where the records stand in no list that has numbers.
  func name(of records: [CaseRecord]) -> String? {
    guard let first = records.first, records.allSatisfy({ $0.caseID == first.caseID }) else { return nil }
    let place = first.caseID?.description ?? "register"
    switch self {
    case .ofKind:
      return records.allSatisfy { $0.kind == first.kind } ? "kind-\(first.kind.rawValue).\(place)" : nil
    case .meetings: return "meetings.\(place)"
    case .unnumbered: return nil
    }
  }
}
