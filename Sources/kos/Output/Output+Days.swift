import CaseModel

extension Output {
  /// A day as people say it, seen from today: a word for those near, a number of days up to a fortnight, else
  /// the date.
  func day(_ day: CalendarDay, from today: CalendarDay) -> String {
    let days = day.days(since: today)
    switch days {
    case 0: return say(.dayToday)
    case 1: return say(.dayTomorrow)
    case -1: return say(.dayYesterday)
    case 2...14: return say(.daysAhead, String(days))
    case -14 ... -2: return say(.daysAgo, String(-days))
    default: return day.description
    }
  }

  /// When something is due, seen from today: how many days it is overdue, else the day.
  func due(_ day: CalendarDay, from today: CalendarDay) -> String {
    let overdue = today.days(since: day)
    switch overdue {
    case 1: return say(.oneDayOver)
    case 2...: return say(.daysOver, String(overdue))
    default: return self.day(day, from: today)
    }
  }
}
