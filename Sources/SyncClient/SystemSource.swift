import CRDT
import CaseModel
import Foundation
import Glibc
import Replication

/// The clock, the calendar and the generator of this machine.
enum SystemSource {
  static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

  /// What this machine's clocks show.
  static func reading() -> KnownTime.Reading {
    var since = timespec()
    // It counts while the machine sleeps, and nobody sets it.
    let isKnown = clock_gettime(CLOCK_BOOTTIME, &since) == 0
    let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    return KnownTime.Reading(
      wall: now, boot: isKnown ? boot.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) } : nil,
      uptime: Int64(since.tv_sec) * 1_000 + Int64(since.tv_nsec) / 1_000_000)
  }

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
