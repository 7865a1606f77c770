extension CalendarDay: CustomStringConvertible {
  /// The day as `yyyy-mm-dd` (ISO 8601-1:2019 §5.2.2.1, extended format).
  public var description: String {
    let (year, month, day) = components
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  /// Parses exactly `yyyy-mm-dd` in ASCII digits.
  ///
  /// - Throws: `malformed` for any other form; `noSuchDay` and `outOfRange` for dates that cannot be.
  public init(_ text: some StringProtocol) throws(CalendarDayError) {
    var numbers = [0, 0, 0]
    var part = 0
    var length = 0
    for byte in text.utf8 {
      length += 1
      guard length <= 10 else { throw .malformed }
      if length == 5 || length == 8 {
        guard byte == UInt8(ascii: "-") else { throw .malformed }
        part += 1
      } else {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { throw .malformed }
        numbers[part] = numbers[part] * 10 + Int(byte - UInt8(ascii: "0"))
      }
    }
    guard length == 10 else { throw .malformed }
    try self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }
}
