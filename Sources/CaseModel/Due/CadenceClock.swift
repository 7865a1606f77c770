/// What recurs, as it stands on a day: a window after the other since a day on which it began (R32, R34).
///
/// Windows are counted in months or days from the first day, so they do not drift. A window that was missed
/// stays, and can be completed by entering later what was done then; what was done only afterwards ends the
/// delay, and says why it came late.
public struct CadenceClock: Sendable, Hashable {
  /// Something that was done.
  struct Occasion {
    let day: CalendarDay
    /// Whether it says why it came late.
    let saysWhy: Bool
  }

  /// The windows that have begun, oldest first.
  public let windows: [CadenceWindow]
  /// By when it is to be done next, or was to be done; `nil` when the clock does not run.
  public let dueOn: CalendarDay?
  /// How many days ago that was; 0 while there is time.
  public let overdueDays: Int

  /// The windows that were missed and that nothing explains, oldest first.
  public var missed: [CadenceWindow] { windows.filter { $0.standing == .missed } }

  /// The missed window of which whatever is done on a day must say why it comes late: nothing was done
  /// between them, so that it is what ends the delay. `nil` where nothing is to be explained.
  public func unexplained(by day: CalendarDay) -> CadenceWindow? {
    guard let missed = windows.last(where: { $0.standing == .missed && $0.last < day }) else { return nil }
    let isEnded = windows.contains { $0.first > missed.last && $0.heldOn.map { $0 < day } == true }
    return isEnded ? nil : missed
  }

  /// How many days ahead at least a day is looked for on which it is due next: ten years.
  private static let daysAhead = 3_660

  /// Reads the clock.
  ///
  /// - Parameters:
  ///   - spans: the times in which it runs, apart from each other and in order; the windows of each are
  ///     counted from its first day.
  ///   - cadence: how long a window is.
  ///   - occasions: what was done, in any order; what lies after `day` does not count yet.
  /// - Complexity: O(windows × interruptions + n log n)
  init(
    spans: [DaySpan], cadence: Cadence, occasions: [Occasion], interruptions: Interruptions,
    on day: CalendarDay
  ) {
    // Of what was done on one day, that which says why comes first.
    let done = occasions.filter { $0.day <= day }
      .sorted(by: { $0.day }, then: { $0.saysWhy ? 0 : 1 })
    var windows: [CadenceWindow] = []
    var place = 0
    var current: (span: DaySpan, start: Int)?
    for span in spans where span.first <= day {
      current = span.contains(day) ? (span, windows.count) : nil
      for number in 0... {
        guard let (first, last, isCut) = Self.bounds(of: span, number, cadence),
          first <= min(day, span.last ?? .max)
        else { break }
        while place < done.count, done[place].day < first { place += 1 }
        let heldOn = place < done.count && done[place].day <= last ? done[place].day : nil
        let isExcused = isCut && last < day || interruptions.excuse(from: first, through: last)
        let standing: CadenceWindow.Standing =
          heldOn != nil ? .held : isExcused ? .excused : last < day ? .missed : .open
        windows.append(CadenceWindow(first: first, last: last, heldOn: heldOn, standing: standing))
      }
    }
    Self.explain(&windows, by: done)
    self.windows = windows
    dueOn = current.flatMap { Self.due(windows[$0.start...], in: $0.span, cadence, interruptions) }
    overdueDays = dueOn.map { max(0, day.days(since: $0)) } ?? 0
  }

  /// The window of a number within a span, and whether the span ends before the window would.
  private static func bounds(
    of span: DaySpan, _ number: Int, _ cadence: Cadence
  ) -> (first: CalendarDay, last: CalendarDay, isCut: Bool)? {
    guard let first = cadence.day(number, after: span.first) else { return nil }
    let next = cadence.day(number + 1, after: span.first)
    let whole = next.flatMap { try? $0.adding(days: -1) } ?? .max
    guard let end = span.last, end < whole else { return (first, whole, false) }
    return (first, end, true)
  }

  /// A missed window is late, and not missed, when what was done first after it says why.
  private static func explain(_ windows: inout [CadenceWindow], by done: [Occasion]) {
    var place = done.count
    for index in windows.indices.reversed() {
      while place > 0, done[place - 1].day > windows[index].last { place -= 1 }
      if windows[index].standing == .missed, place < done.count, done[place].saysWhy {
        windows[index].standing = .late
      }
    }
  }

  private static func due(
    _ windows: ArraySlice<CadenceWindow>, in span: DaySpan, _ cadence: Cadence,
    _ interruptions: Interruptions
  ) -> CalendarDay? {
    let since = windows.lastIndex { $0.standing == .held }.map { $0 + 1 } ?? windows.startIndex
    if let missed = windows[since...].first(where: { $0.standing == .missed }) { return missed.last }
    if let last = windows.last, last.standing == .open { return last.last }
    for number in windows.count...(windows.count + daysAhead / (cadence.unit == .days ? cadence.count : 30)) {
      guard let (first, last, _) = bounds(of: span, number, cadence), first <= span.last ?? .max else {
        return nil
      }
      if !interruptions.excuse(from: first, through: last) { return last }
    }
    return nil
  }
}
