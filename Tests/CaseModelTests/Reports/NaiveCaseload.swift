import CaseModel

/// A random caseload of sixty days, and its figures counted in the plainest way.
struct NaiveCaseload {
  struct Event {
    let day: Int
    let family: Int
    let name: String
    let children: [String]
  }

  private(set) var events: [Event] = []

  init(using random: inout SplitMix64) {
    let names = [
      "inquiry", "offered", "declined", "enrolled", "enrolled", "discharged", "assessment_meeting",
      "analysis_meeting", "family_contact",
    ]
    for _ in 0..<random.below(60) {
      let family = random.below(4)
      let name = random.pick(names)
      let children = ["a", "b", "c"].filter { _ in random.chance(50) }.map { "\(family)\($0)" }
      let isNaming = name == "enrolled" || name == "discharged"
      events.append(
        Event(day: random.below(60), family: family, name: name, children: isNaming ? children : []))
    }
  }

  /// The events as lines of a file.
  var lines: [String] {
    events.compactMap { event in
      guard let day = try? CalendarDay.on("2020-01-01").adding(days: event.day) else { return nil }
      let children = event.children.map { "\"\($0)\"" }.joined(separator: ",")
      let list = event.children.isEmpty ? "" : ", \"children\": [\(children)]"
      return #"{"date": "\#(day)", "event": "\#(event.name)", "family": "F\#(event.family)"\#(list)}"#
    }
  }

  func figures(at last: Int, from first: Int) -> StatusFigures {
    var figures = StatusFigures()
    for family in Set(events.map(\.family)) {
      let own = events.filter { $0.family == family }
      count(own, at: last, from: first, into: &figures)
      let until = own.filter { $0.day <= last }
      figures.assessmentMeetings += until.count { $0.name == "assessment_meeting" }
      figures.analysisMeetings += until.count { $0.name == "analysis_meeting" }
      if until.contains(where: { $0.name == "offered" }) { figures.familiesOffered += 1 }
      if until.contains(where: { $0.name == "declined" }) { figures.familiesDeclined += 1 }
    }
    return figures
  }

  /// Walks through the days; a family without any named child is one nameless child that is not counted.
  private func count(_ own: [Event], at last: Int, from first: Int, into figures: inout StatusFigures) {
    let named = Set(own.flatMap(\.children))
    let all = named.isEmpty ? ["nameless"] : named
    var (enrolled, ever): (Set<String>, Set<String>) = ([], [])
    var (wasDischarged, isNew) = (false, false)
    for day in 0...max(last, 0) where day <= last {
      let before = enrolled
      var starts: Set<String> = []
      var stops: Set<String> = []
      for event in own where event.day == day {
        let children = event.children.isEmpty ? all : Set(event.children)
        if event.name == "enrolled" { starts.formUnion(children) }
        if event.name == "discharged" { stops.formUnion(children) }
      }
      for child in all {
        switch (starts.contains(child), stops.contains(child)) {
        case (true, false): enrolled.insert(child)
        case (false, true): enrolled.remove(child)
        default: break
        }
      }
      ever.formUnion(starts)
      if !stops.isEmpty { wasDischarged = true }
      if day >= first, before.isEmpty, !starts.isEmpty { isNew = true }
    }
    figures.childrenEver += ever.subtracting(["nameless"]).count
    figures.childrenEnrolled += enrolled.subtracting(["nameless"]).count
    figures.familiesEver += ever.isEmpty ? 0 : 1
    figures.familiesEnrolled += enrolled.isEmpty ? 0 : 1
    figures.familiesDischarged += wasDischarged && enrolled.isEmpty && !ever.isEmpty ? 1 : 0
    figures.familiesEnrolledInPeriod += isNew ? 1 : 0
  }
}
