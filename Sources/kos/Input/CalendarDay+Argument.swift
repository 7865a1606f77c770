public import ArgumentParser
public import CaseModel

extension CalendarDay: ExpressibleByArgument {
  /// Parses a day as people say it (`CalendarDay.init(spoken:today:)`).
  public init?(argument: String) {
    guard let day = try? CalendarDay(spoken: argument, today: Clock.today) else { return nil }
    self = day
  }
}
