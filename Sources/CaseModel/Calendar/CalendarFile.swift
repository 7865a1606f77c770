/// Events as a calendar program reads them (RFC 5545).
public enum CalendarFile {
  /// How long a line may be, in bytes, without its end (RFC 5545 §3.1).
  static let lineBytesMax = 75

  /// Writes the file. The same events give the same bytes.
  ///
  /// - Parameters:
  ///   - events: what stands in it.
  ///   - name: what the calendar is called.
  ///   - title: what an event is called there. Calendars are shown to many and copied to other services: a
  ///     title that says nothing of a person is the caller's to choose.
  /// - Complexity: O(n)
  public static func text(
    _ events: [CalendarEvent], name: String, title: (CalendarEvent) -> String
  ) -> String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//KOS//kos//DA", "CALSCALE:GREGORIAN",
      "X-WR-CALNAME:" + escaped(name),
    ]
    if events.contains(where: { $0.time != nil }) { lines += zone }
    for event in events { lines += self.lines(event, title(event)) }
    lines.append("END:VCALENDAR")
    return lines.map { folded($0) + "\r\n" }.joined()
  }

  /// Danish time (RFC 5545 §3.6.5), by the rules of directive 2000/84/EC.
  private static let zone = [
    "BEGIN:VTIMEZONE", "TZID:Europe/Copenhagen", "BEGIN:STANDARD", "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET",
    "END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:19810329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST", "END:DAYLIGHT", "END:VTIMEZONE",
  ]

  private static func lines(_ event: CalendarEvent, _ title: String) -> [String] {
    let date = compact(event.day)
    var lines = [
      // The record and which of its days: the same event again is an update of the first.
      "BEGIN:VEVENT", "UID:\(event.record.id)-\(event.code)@kos", "DTSTAMP:" + stamp(event.record.created),
      "SUMMARY:" + escaped(title),
    ]
    if let time = event.time {
      lines.append("DTSTART;TZID=Europe/Copenhagen:\(date)T\(two(time.hour))\(two(time.minute))00")
      lines.append("DURATION:PT1H")
    } else {
      lines.append("DTSTART;VALUE=DATE:" + date)
      lines.append("TRANSP:TRANSPARENT")
    }
    return lines + ["END:VEVENT"]
  }

  /// A text value (RFC 5545 §3.3.11).
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\", ";", ",": escaped += "\\" + String(character)
      case _ where character.isNewline: escaped += "\\n"
      default: escaped.unicodeScalars.append(contentsOf: character.unicodeScalars.filter { $0.value >= 0x20 })
      }
    }
    return escaped
  }

  /// A line in parts of at most 75 bytes, each but the first led by a space; no character is cut.
  static func folded(_ line: String) -> String {
    var folded = ""
    var byteCount = 0
    for scalar in line.unicodeScalars {
      let size = UTF8.width(scalar)
      if byteCount + size > lineBytesMax {
        folded += "\r\n "
        byteCount = 1
      }
      folded.unicodeScalars.append(scalar)
      byteCount += size
    }
    return folded
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

  private static func compact(_ day: CalendarDay) -> String {
    let (year, month, number) = day.components
    return "\(year)\(two(month))\(two(number))"
  }

  /// An instant in UTC; the first that there is for one that no calendar has.
  private static func stamp(_ milliseconds: Int64) -> String {
    let seconds = milliseconds / 1_000
    let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
    guard rest >= 0, let day = try? CalendarDay(dayNumber: days) else { return "19700101T000000Z" }
    let time = Int(rest)
    return "\(compact(day))T\(two(time / 3_600))\(two(time / 60 % 60))\(two(time % 60))Z"
  }
}
