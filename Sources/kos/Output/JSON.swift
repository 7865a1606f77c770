import CRDT
import CaseModel

/// A value of the `--json` output. Members keep their order.
enum JSON {
  case null
  case boolean(Bool)
  case integer(Int64)
  /// A number with two digits after the point.
  case hundredths(Int)
  case string(String)
  case array([JSON])
  case object([(String, JSON)])

  /// A text, cleaned of what could steer a terminal.
  init(_ text: String?) { self = text.map { .string($0.shownBlock) } ?? .null }
  /// A number.
  init(_ number: Int64?) { self = number.map(JSON.integer) ?? .null }
  /// A truth value.
  init(_ boolean: Bool?) { self = boolean.map(JSON.boolean) ?? .null }
  /// A day.
  init(_ day: CalendarDay?) { self = day.map { .string($0.description) } ?? .null }
  /// An identifier.
  init(_ identifier: Identifier?) { self = identifier.map { .string($0.description) } ?? .null }

  /// The value on one line.
  var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .boolean(let boolean): text += boolean ? "true" : "false"
    case .integer(let integer): text += String(integer)
    case .hundredths(let number): text += ReportTable.Quantity.hundredths(number).text
    case .string(let string): Self.quote(string, to: &text)
    case .array(let elements):
      text += "["
      for (place, element) in elements.enumerated() {
        if place > 0 { text += "," }
        element.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (place, member) in members.enumerated() {
        if place > 0 { text += "," }
        Self.quote(member.0, to: &text)
        text += ":"
        member.1.write(to: &text)
      }
      text += "}"
    }
  }

  private static func quote(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
