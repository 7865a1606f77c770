import CaseModel
import Glibc

/// Shows instants as people here read a clock.
enum Clock {
  /// Makes local time Danish for this process, with the rule itself so that no zone files are needed.
  static func useDanishTime() {
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1)
    tzset()
  }

  /// Milliseconds since 1970 as `yyyy-mm-dd hh:mm`.
  static func text(_ milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1000)
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return "?" }
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let day = "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    return "\(day) \(two(parts.tm_hour)):\(two(parts.tm_min))"
  }

  /// Milliseconds since 1970 as programs write an instant (RFC 3339), in UTC.
  static func instant(_ milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1000)
    var parts = tm()
    guard gmtime_r(&seconds, &parts) != nil else { return "" }
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T\(two(parts.tm_hour)):"
      + "\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }

  /// The first instant of a day, in milliseconds since 1970.
  static func start(of day: CalendarDay) -> Int64 {
    let (year, month, number) = day.components
    var parts = tm()
    parts.tm_year = Int32(year - 1900)
    parts.tm_mon = Int32(month - 1)
    parts.tm_mday = Int32(number)
    parts.tm_isdst = -1
    return Int64(mktime(&parts)) * 1000
  }

  /// Today, as people here count it; the first day there is when the machine's clock is beside itself.
  static var today: CalendarDay {
    var seconds = time(nil)
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return .min }
    let day = try? CalendarDay(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
    return day ?? .min
  }

  /// The day of an instant in milliseconds since 1970, as `yyyy-mm-dd`.
  static func day(_ milliseconds: Int64) -> String { String(text(milliseconds).prefix(10)) }
}
