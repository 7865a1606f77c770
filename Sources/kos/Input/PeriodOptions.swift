import ArgumentParser
import CaseModel

/// When something holds, in days.
struct PeriodOptions: ParsableArguments {
  @Option(help: Phrase("Den første dag, ellers i dag.", "The first day, else today.").help(valueName: "day"))
  var from: CalendarDay?
  @Option(
    help: Phrase("Den sidste dag, til og med.", "The last day, included.").help(valueName: "day"),
    transform: CalendarDay.coming)
  var until: CalendarDay?
  @Option(
    help: Phrase("Hvor mange måneder det gælder.", "For how many months it holds.").help(valueName: "n"))
  var months: Int?

  /// The day on which it begins.
  func firstDay(_ session: Session) -> CalendarDay { session.day(from) }

  /// When it begins, in milliseconds since 1970; `nil` when no option says so.
  var start: Int64? { from.map(Clock.start(of:)) }

  /// The beginning and the end, which must be named.
  func required(_ session: Session) throws -> (start: Int64, end: Int64) {
    guard let end = try end(session) else { throw Failure(.usage, .needsEnd) }
    return (Clock.start(of: firstDay(session)), end)
  }

  /// The end, in milliseconds since 1970; `nil` when no option names one.
  func end(_ session: Session) throws -> Int64? {
    let first = firstDay(session)
    let next: CalendarDay
    switch (until, months) {
    case (nil, nil): return nil
    case (_?, _?): throw Failure(.usage, .oneEnd)
    case (let last?, nil):
      guard let day = try? last.adding(days: 1) else { throw Failure(.usage, .badDay, last.description) }
      next = day
    case (nil, let months?):
      guard let day = try? first.adding(months: months) else {
        throw Failure(.usage, .badDay, "+\(months)")
      }
      next = day
    }
    guard next.isWithinReach(of: max(first, Clock.today)) else { throw Failure(day: next.description) }
    guard next > first else { throw Failure(.usage, .emptyPeriod, first.description) }
    return Clock.start(of: next)
  }
}
