public import CRDT

/// When which children of a family were enrolled and discharged.
///
/// It reads milestones only. An enrolment or discharge that names no children means all of the family's; one
/// without a day is in no figure.
public struct EnrolmentHistory: Sendable, Hashable {
  /// What happened on one day, as far as enrolment goes.
  private struct Day: Sendable, Hashable {
    let day: CalendarDay
    var enrolled: Set<Identifier> = []
    var discharged: Set<Identifier> = []

    func apply(to all: inout Set<Identifier>) {
      let began = enrolled.subtracting(discharged)
      let ended = discharged.subtracting(enrolled)
      all = all.union(began).subtracting(ended)
    }
  }

  /// The days on which something happened, in order.
  private let days: [Day]
  private let caseID: Identifier

  /// Reads the history from a case's file.
  public init(file: CaseFile) {
    let enrolments = Self.read(file.all(.enrolment), Field.Enrolment.enrolledOn, Field.Enrolment.children)
    let discharges = Self.read(file.all(.discharge), Field.Discharge.dischargedOn, Field.Discharge.children)
    var all = Set(file.all(.child).map(\.id))
    for (_, children) in enrolments { all.formUnion(children) }
    // A family whose children nobody recorded still counts as a family: the case stands for them.
    if all.isEmpty { all = [file.id] }
    var days: [CalendarDay: Day] = [:]
    for (day, children) in enrolments {
      days[day, default: Day(day: day)].enrolled.formUnion(children.isEmpty ? all : children)
    }
    for (day, children) in discharges {
      days[day, default: Day(day: day)].discharged.formUnion(children.isEmpty ? all : children)
    }
    self.days = days.values.sorted { $0.day < $1.day }
    caseID = file.id
  }

  /// The day of the first enrolment or discharge; `nil` when there is none.
  public var firstDay: CalendarDay? { days.first?.day }

  /// The children enrolled at the end of a day; the case id stands for children whom nobody recorded.
  ///
  /// A day with both an enrolment and a discharge of a child leaves it as it was: what began ended, or what
  /// ended began again.
  public func enrolled(at day: CalendarDay) -> Set<Identifier> {
    var enrolled: Set<Identifier> = []
    for what in days.prefix(while: { $0.day <= day }) { what.apply(to: &enrolled) }
    return enrolled
  }

  /// The children who were enrolled on that day or at any time before.
  public func everEnrolled(at day: CalendarDay) -> Set<Identifier> {
    days.prefix { $0.day <= day }.reduce(into: []) { $0.formUnion($1.enrolled) }
  }

  /// Whether children were discharged by that day and none is enrolled.
  public func isDischarged(at day: CalendarDay) -> Bool {
    days.contains { $0.day <= day && !$0.discharged.isEmpty } && enrolled(at: day).isEmpty
  }

  /// The times in which at least one child was enrolled, oldest first; the day of a discharge is in none.
  public var spans: [DaySpan] {
    var enrolled: Set<Identifier> = []
    var spans: [DaySpan] = []
    var first: CalendarDay?
    for what in days {
      what.apply(to: &enrolled)
      if enrolled.isEmpty, let start = first {
        let last = try? what.day.adding(days: -1)
        if let span = DaySpan(from: start, through: last ?? start) { spans.append(span) }
        first = nil
      } else if !enrolled.isEmpty, first == nil {
        first = what.day
      }
    }
    if let first, let span = DaySpan(from: first, through: nil) { spans.append(span) }
    return spans
  }

  /// Whether the family became enrolled in a period, both days included: it was not, and then a child was. A
  /// sibling who joins later makes no new family; one who comes back after a discharge does.
  public func becameEnrolled(from first: CalendarDay, through last: CalendarDay) -> Bool {
    var enrolled: Set<Identifier> = []
    for what in days.prefix(while: { $0.day <= last }) {
      if what.day >= first, enrolled.isEmpty, !what.enrolled.isEmpty { return true }
      what.apply(to: &enrolled)
    }
    return false
  }

  /// The children who came to be enrolled in a period, and those who were and are not any more at the end of
  /// a day in it; the case id stands for children whom nobody recorded. Both days are included.
  public func changes(
    from first: CalendarDay, through last: CalendarDay
  ) -> (enrolled: Set<Identifier>, discharged: Set<Identifier>) {
    var (began, ended): (Set<Identifier>, Set<Identifier>) = ([], [])
    var enrolled: Set<Identifier> = []
    for what in days.prefix(while: { $0.day <= last }) {
      let before = enrolled
      what.apply(to: &enrolled)
      guard what.day >= first else { continue }
      began.formUnion(what.enrolled.subtracting(before))
      ended.formUnion(before.union(what.enrolled).subtracting(enrolled))
    }
    return (began, ended)
  }

  /// Whether the family stopped being enrolled in a period, both days included: a child was, and then none.
  public func wasDischarged(from first: CalendarDay, through last: CalendarDay) -> Bool {
    var enrolled: Set<Identifier> = []
    for what in days.prefix(while: { $0.day <= last }) {
      let wasEnrolled = !enrolled.isEmpty || !what.enrolled.isEmpty
      what.apply(to: &enrolled)
      if what.day >= first, wasEnrolled, enrolled.isEmpty { return true }
    }
    return false
  }

  /// The same set without the case's stand-in, for counting children.
  func children(_ set: Set<Identifier>) -> Set<Identifier> { set.subtracting([caseID]) }

  private static func read(
    _ records: [CaseRecord], _ dayField: FieldDefinition, _ childrenField: FieldDefinition
  ) -> [(CalendarDay, Set<Identifier>)] {
    records.compactMap { record in
      record.day(dayField).map { ($0, Set(record.identifiers(childrenField))) }
    }
  }
}
