import Replication
import Testing
import WireProtocol

/// The logs are signed at least as often as is promised, whatever the clock does.
@Suite struct SigningScheduleTests {
  private static let start: Int64 = 1_700_000_000_000

  /// When the logs are signed, of the instants at which somebody looks.
  private func signed(_ schedule: inout SigningSchedule, lookingAt instants: [Int64]) -> [Int64] {
    var signed: [Int64] = []
    for now in instants where schedule.takeTurn(at: now) { signed.append(now) }
    return signed
  }

  @Test func nothingIsSignedBeforeItBegins() {
    var schedule = SigningSchedule()
    #expect(signed(&schedule, lookingAt: [Self.start, .max]).isEmpty && schedule.due == nil)
  }

  @Test func itIsDueAtOnceAndThenWithinEachPeriod() {
    var schedule = SigningSchedule()
    schedule.begin(at: Self.start)
    let instants = Array(stride(from: Self.start, through: Self.start + 600_000, by: 1_000))
    let signed = signed(&schedule, lookingAt: instants)
    #expect(signed.first == Self.start)
    for (one, next) in zip(signed, signed.dropFirst()) {
      #expect(next - one <= Limits.checkpointSeconds * 1_000 && next - one > 1_000)
    }
  }

  @Test func aClockThatWasSetPutsNothingOff() {
    var schedule = SigningSchedule()
    schedule.begin(at: Self.start)
    // It runs ahead by years, and is set right; then it is as far out as can be.
    let ahead = Self.start + 1 << 40
    let set = [Self.start, ahead, Self.start]
    #expect(signed(&schedule, lookingAt: set) == set)
    #expect(signed(&schedule, lookingAt: [Self.start + 1]).isEmpty)
    let extremes: [Int64] = [.min, .max, .min, .max]
    #expect(signed(&schedule, lookingAt: extremes) == extremes)
  }
}
