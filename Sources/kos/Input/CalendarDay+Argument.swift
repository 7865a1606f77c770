public import ArgumentParser
public import CaseModel

extension CalendarDay: ExpressibleByArgument {
  /// Parses a day as people say it (`CalendarDay.init(spoken:today:)`), and not too far away to be meant.
  public init?(argument: String) {
    guard let day = try? CalendarDay(spoken: argument, today: Clock.today), day.isWithinReach(of: Clock.today)
    else { return nil }
    self = day
  }
}

extension Failure {
  /// Says why a word is no day that can be meant.
  init(day word: String) {
    guard (try? CalendarDay(spoken: word, today: Clock.today)) != nil else {
      self.init(.usage, .badDay, word)
      return
    }
    self.init(
      .usage, .farDay, word, String(CalendarDay.yearsBackMax), String(CalendarDay.yearsAheadMax))
  }
}
