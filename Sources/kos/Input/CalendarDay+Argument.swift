public import ArgumentParser
public import CaseModel

extension CalendarDay: ExpressibleByArgument {
  /// Parses a day as people say it (`CalendarDay.init(spoken:today:)`), and not too far away to be meant.
  public init?(argument: String) {
    guard let day = try? Self.meant(argument, .nearest) else { return nil }
    self = day
  }

  /// Parses the day of something that has been: without a year or a week it is the last such day.
  static func past(_ word: String) throws -> CalendarDay { try meant(word, .back) }

  /// Parses the day of something that is to come: without a year it is the next such day.
  static func coming(_ word: String) throws -> CalendarDay { try meant(word, .ahead) }

  private static func meant(_ word: String, _ leaning: Leaning) throws -> CalendarDay {
    guard let day = try? CalendarDay(spoken: word, today: Clock.today, leaning: leaning),
      day.isWithinReach(of: Clock.today)
    else { throw NoDay() }
    return day
  }

  /// The days that a word may mean; `nil` for one that means a day, or none.
  static func meanings(of word: String) -> [CalendarDay]? {
    do throws(CalendarDayError) {
      _ = try CalendarDay(spoken: word, today: Clock.today)
      return nil
    } catch {
      if case .ambiguous(let days) = error { return days }
      return nil
    }
  }
}

/// What the parser is told of a word that is no day; it puts the description behind the word.
private struct NoDay: Error, CustomStringConvertible {
  let description = Phrase("det er ingen dag", "that is no day").said
}

extension Failure {
  /// Says why a word is no day that can be meant.
  init(day word: String) {
    if let days = CalendarDay.meanings(of: word) {
      self.init(.usage, .dayAmbiguous, word, CalendarDay.told(days))
      return
    }
    guard (try? CalendarDay(spoken: word, today: Clock.today)) != nil else {
      self.init(.usage, .badDay, word)
      return
    }
    self.init(
      .usage, .farDay, word, String(CalendarDay.yearsBackMax), String(CalendarDay.yearsAheadMax))
  }
}

extension CalendarDay {
  /// Days that a word may mean: each of two, and of more the first and the last.
  static func told(_ days: [CalendarDay]) -> String {
    let ends = days.count > 2 ? [days.first, days.last].compactMap { $0 } : days
    return ends.map(\.description).joined(separator: days.count > 2 ? " – " : " / ")
  }
}
