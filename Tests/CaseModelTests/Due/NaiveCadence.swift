import CRDT
import CaseModel

/// Contact windows in the plainest way: day by day, counting.
struct NaiveCadence {
  /// The days of enrolment and discharge, as indices from a first day.
  let enrolled: [(first: Int, last: Int?)]
  let contacts: [(day: Int, saysWhy: Bool)]
  let still: [(first: Int, last: Int?)]

  static let epoch = CalendarDay.on("2019-01-31")

  static func day(_ index: Int) -> CalendarDay { (try? epoch.adding(days: index)) ?? .max }

  struct Window: Equatable {
    var days: [Int]
    var standing = ""
  }

  init(using random: inout SplitMix64) {
    var spans: [(first: Int, last: Int?)] = []
    var next = random.below(60)
    for _ in 0...random.below(2) {
      let length = random.below(200) + 1
      spans.append((next, random.chance(60) ? next + length - 1 : nil))
      if spans.last?.last == nil { break }
      next += length + 1 + random.below(40)
    }
    enrolled = spans
    contacts = (0..<random.below(14)).map { _ in (random.below(500), random.chance(25)) }
    still = (0..<random.below(3)).map { _ in
      let first = random.below(400)
      return (first, random.chance(80) ? first + random.below(90) : nil)
    }
  }

  private func isStill(_ day: Int) -> Bool { still.contains { $0.first <= day && day <= $0.last ?? 100_000 } }

  /// All windows that have begun by a day, from the first.
  func windows(on today: Int) -> [(first: Int, last: Int, standing: String)] {
    var windows: [(first: Int, last: Int, standing: String)] = []
    for (start, end) in enrolled where start <= today {
      var number = 0
      var days: [Int] = []
      var day = start
      while day <= start + 800 {
        let next = (try? Self.day(start).adding(months: number + 1)) ?? .max
        let isLastOfWindow = Self.day(day + 1) >= next
        days.append(day)
        let isEnd = end == day
        if isLastOfWindow || isEnd {
          if let first = days.first, first <= today {
            windows.append((first, day, standing(days, isCut: isEnd && !isLastOfWindow, today)))
          }
          number += 1
          days = []
        }
        if isEnd { break }
        day += 1
      }
    }
    return explained(windows, today)
  }

  private func standing(_ days: [Int], isCut: Bool, _ today: Int) -> String {
    if contacts.contains(where: { days.contains($0.day) && $0.day <= today }) { return "held" }
    let last = days.last ?? 0
    if isCut, last < today { return "excused" }
    if days.count(where: isStill) * 2 >= days.count { return "excused" }
    return last < today ? "missed" : "open"
  }

  private func explained(
    _ windows: [(first: Int, last: Int, standing: String)], _ today: Int
  ) -> [(first: Int, last: Int, standing: String)] {
    windows.map { window in
      guard window.standing == "missed" else { return window }
      let later = contacts.filter { $0.day > window.last && $0.day <= today }
      guard let first = later.map(\.day).min() else { return window }
      let isLate = later.contains { $0.day == first && $0.saysWhy }
      return (window.first, window.last, isLate ? "late" : "missed")
    }
  }

  /// How many days overdue: since the first missed window of the present enrolment after which nothing was
  /// held.
  func overdueDays(on today: Int) -> Int {
    guard let span = enrolled.last(where: { $0.first <= today && today <= $0.last ?? 100_000 }) else {
      return 0
    }
    let present = windows(on: today).filter { $0.first >= span.first }
    let after = present.reversed().prefix { $0.standing != "held" }
    guard let missed = after.last(where: { $0.standing == "missed" }) else { return 0 }
    return today - missed.last
  }

  /// The records of a case with that history, and of the register.
  func records(_ caseID: Identifier) -> [RecordDraft] {
    var drafts: [RecordDraft] = []
    var next = UInt64(5_000)
    func id() -> Identifier {
      next += 1
      return Identifier(next)
    }
    let child = id()
    drafts.append(CaseWork.child(id: child, in: caseID, name: "Bo", born: nil))
    for (first, last) in enrolled {
      drafts.append(CaseWork.enrol(id: id(), in: caseID, children: [child], on: Self.day(first)))
      if let last {
        drafts += CaseWork.discharge(in: caseID, children: [child], on: Self.day(last + 1)) { _ in id() }
      }
    }
    for contact in contacts {
      var draft = CaseWork.contact(
        id: id(), in: caseID, form: "visit", by: nil, on: Self.day(contact.day))
      if contact.saysWhy { draft.write(Field.Contact.lateReason, "syg") }
      drafts.append(draft)
    }
    for (first, last) in still {
      var draft = RecordDraft.new(.interruption, id: id(), in: nil)
      draft.write(Field.Interruption.fromDay, Self.day(first))
      draft.write(Field.Interruption.untilDay, last.map(Self.day))
      drafts.append(draft)
    }
    return drafts
  }
}
