import CaseModel

/// Where a thing stands on the list of the day.
enum TodaySection: String, CaseIterable {
  case refused, overdue, due, waiting, new, conflict, later

  /// How many days ahead something is on the list without being asked for.
  static let daysAhead = 7

  /// Where a thing stands.
  init(_ item: DueItem, on day: CalendarDay) {
    if item.kind == .conflict {
      self = .conflict
    } else if let dueOn = item.dueOn {
      let days = dueOn.days(since: day)
      self = days < 0 ? .overdue : days <= Self.daysAhead ? .due : .later
    } else {
      self = .waiting
    }
  }

  /// How its heading is set off.
  var style: Style {
    switch self {
    case .refused, .overdue, .conflict: .risk
    case .due, .waiting, .new, .later: .heading
    }
  }

  /// What people call it.
  var phrase: Phrase {
    switch self {
    case .refused: .sectionRefused
    case .overdue: .sectionOverdue
    case .due: .sectionDue
    case .waiting: .sectionWaiting
    case .new: .sectionNew
    case .conflict: .sectionConflict
    case .later: .sectionLater
    }
  }
}
