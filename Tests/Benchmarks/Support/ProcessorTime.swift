import Foundation

/// How long a processor was at work, in milliseconds: what a busy machine does not lengthen much.
enum ProcessorTime {
  /// For this process.
  static var own: Double { used(by: RUSAGE_SELF) }
  /// For the children that have ended.
  static var children: Double { used(by: RUSAGE_CHILDREN) }

  private static func used(by who: __rusage_who) -> Double {
    var usage = rusage()
    guard getrusage(who, &usage) == 0 else { return 0 }
    return [usage.ru_utime, usage.ru_stime].reduce(0) { sum, time in
      sum + Double(time.tv_sec) * 1_000 + Double(time.tv_usec) / 1_000
    }
  }
}
