import CRDT
import CaseModel
import Foundation

/// The clock, the calendar and the generator of this machine.
enum SystemSource {
  static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

  static func identifier() -> Identifier {
    Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
  }

  static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0 ... .max) } }

  static func today() -> CalendarDay {
    let offset = TimeZone(identifier: "Europe/Copenhagen")?.secondsFromGMT(for: Date()) ?? 0
    let days = Int64((Date().timeIntervalSince1970 + Double(offset)) / 86_400)
    guard let day = try? CalendarDay(dayNumber: Int32(clamping: days)) else {
      preconditionFailure("the machine's clock is outside 1900–2199")
    }
    return day
  }
}
