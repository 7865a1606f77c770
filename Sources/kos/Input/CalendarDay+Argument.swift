public import ArgumentParser
public import CaseModel

extension CalendarDay: ExpressibleByArgument {
  /// Parses `yyyy-mm-dd`.
  public init?(argument: String) {
    guard let day = try? CalendarDay(argument) else { return nil }
    self = day
  }
}
