import Foundation

/// How long a processor was at work, in milliseconds: what a busy machine does not lengthen much.
enum ProcessorTime {
  /// For this process.
  static var own: Double { used(by: RUSAGE_SELF.rawValue) }
  /// For the children that have ended.
  static var children: Double { used(by: RUSAGE_CHILDREN.rawValue) }

  private static func used(by who: Int32) -> Double {
    var usage = rusage()
    guard getrusage(who, &usage) == 0 else { return 0 }
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime)
  }

  private static func milliseconds(_ time: timeval) -> Double {
    let seconds = Double(time.tv_sec) * 1_000
    return seconds + Double(time.tv_usec) / 1_000
  }
}
