public import CRDT

/// How much one coordinator has, of the cases that are not closed (R52, R63).
///
/// What cases say only to those who take part in them, contacts and plans, is judged where the reader takes
/// part; how many cases she knows too little of stands beside it.
public struct CoordinatorLoad: Sendable, Hashable {
  /// The coordinator; `nil` for the cases that nobody coordinates.
  public let coordinator: Identifier?
  /// How many cases.
  public private(set) var cases = 0
  /// How many children are enrolled in them.
  public private(set) var children = 0
  /// In how many the monthly contact is overdue.
  public private(set) var overdueContacts = 0
  /// In how many the three-month follow-up is overdue.
  public private(set) var overdueFollowUps = 0
  /// How many other things wait for the coordinator, or are overdue.
  public private(set) var waiting = 0
  /// In how many enrolled cases nothing can be said here about contacts and follow-ups.
  public private(set) var unknown = 0

  private init(of coordinator: Identifier?) { self.coordinator = coordinator }

  /// The load of every coordinator, most cases first, then by id; those that nobody coordinates at the end.
  ///
  /// - Parameter reader: whose replica the stock is.
  /// - Complexity: O(n log n) in the records.
  public static func all(
    in stock: CaseStock, for reader: Identifier, on day: CalendarDay, cadences: Cadences = Cadences(),
    interruptions: Interruptions = .none, workflows: CaseWorkflows? = nil
  ) -> [CoordinatorLoad] {
    var loads: [Identifier?: CoordinatorLoad] = [:]
    let surroundings = stock.surroundings
    for file in stock.files.values where file.head != nil {
      let history = file.enrolmentHistory
      let status = file.status(at: day, history: history)
      guard status != .discharged, status != .declined else { continue }
      var load = loads[file.coordinator] ?? CoordinatorLoad(of: file.coordinator)
      load.cases += 1
      load.children += history.children(history.enrolled(at: day)).count
      if let coordinator = file.coordinator {
        let isKnown = file.participants.contains { $0.part.person == reader && $0.part.role.isStaff }
        let work = DueWork(
          for: coordinator, as: .familyCoordinator, on: day, cadences: cadences, interruptions: interruptions,
          workflows: workflows, surroundings: surroundings)
        load.count(work.items(in: file), isKnown: isKnown)
        if !isKnown, status == .enrolled { load.unknown += 1 }
      }
      loads[file.coordinator] = load
    }
    return loads.values.sorted { left, right in
      if (left.coordinator == nil) != (right.coordinator == nil) { return right.coordinator == nil }
      if left.cases != right.cases { return left.cases > right.cases }
      let none = Identifier(high: 0, low: 0)
      return (left.coordinator ?? none) < (right.coordinator ?? none)
    }
  }

  private mutating func count(_ items: [DueItem], isKnown: Bool) {
    for item in items {
      switch item.kind {
      case .contact: overdueContacts += isKnown && item.overdueDays > 0 ? 1 : 0
      case .followUp: overdueFollowUps += isKnown && item.overdueDays > 0 ? 1 : 0
      // How far a case came cannot be told by its milestones alone.
      case .step: waiting += isKnown ? 1 : 0
      default: waiting += item.dueOn == nil || item.overdueDays > 0 ? 1 : 0
      }
    }
  }
}
