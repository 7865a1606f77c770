import Foundation
import Testing

/// What a device may not read tells it nothing: in two histories that differ in that alone, the server says
/// the same to it, message by message. What is compared, and how, is in `Disguise`. The short form; the
/// full one is `Deploy/access-test`.
@Suite struct NonInterferenceTests {
  private static let pairs = Int(ProcessInfo.processInfo.environment["KOS_ACCESS_PAIRS"] ?? "") ?? 120
  private static let first = UInt64(ProcessInfo.processInfo.environment["KOS_ACCESS_SEED"] ?? "") ?? 1
  /// How many histories each one is compared with.
  private static let variants: UInt64 = 4

  @Test func whatMayNotBeReadChangesNoByteOfWhatADeviceIsSent() throws {
    let towns = try (1...4).map { try Town(seed: $0) }
    var tally = HistoryPair.Tally()
    var seed = Self.first
    while tally.pairs < Self.pairs {
      let pair = try HistoryPair(seed: seed, of: towns)
      for variant in 0..<Self.variants {
        switch try pair.compare(with: variant, &tally) {
        case .same: tally.pairs += 1
        case .decided: tally.decided += 1
        case .differs(let how):
          Issue.record(Comment(rawValue: how))
          tally.pairs += 1
        }
      }
      seed += 1
    }
    print(
      "non-interference: \(tally.pairs) pairs, \(tally.acts) acts in secret, \(tally.governing) of them of "
        + "governed kinds, \(tally.messages) messages; \(tally.decided) more decided on rights")
    #expect(tally.decided < tally.pairs * 2)
  }
}
