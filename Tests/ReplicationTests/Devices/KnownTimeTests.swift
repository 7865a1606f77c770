import Replication
import Testing

/// The time of the server as a device knows it offline, against clocks that are set, stopped and wrong.
@Suite struct KnownTimeTests {
  private typealias Reading = KnownTime.Reading

  private static let day: Int64 = 86_400_000
  private static let start: Int64 = 1_600_000_000_000
  private let lease = Lease(until: start + 30 * day)
  /// As a session leaves it, and as the first command after it notes it.
  private let told = KnownTime(time: start)
  private let noted = KnownTime(time: start, boot: "a", uptime: 1_000)

  @Test func aClockThatGoesRightIsFollowed() {
    let reading = Reading(wall: Self.start + Self.day, boot: "a", uptime: Self.day)
    let later = noted.advanced(to: reading, offset: 0)
    #expect(later == KnownTime(time: Self.start + Self.day, boot: "a", uptime: Self.day))
    #expect(lease.allowsShowing(at: later))
    let end = Reading(wall: Self.start + 30 * Self.day, boot: "a", uptime: 30 * Self.day)
    #expect(!lease.allowsShowing(at: later.advanced(to: end, offset: 0)))
    let before = Reading(wall: Self.start + 30 * Self.day - 1, boot: "b", uptime: 0)
    #expect(lease.allowsShowing(at: later.advanced(to: before, offset: 0)))
  }

  /// The device's clock need not be right: the server said by how much it is off.
  @Test func theOffsetCounts() {
    let reading = Reading(wall: 40 * Self.day, boot: "a", uptime: 0)
    let known = told.advanced(to: reading, offset: Self.start - 10 * Self.day)
    #expect(known.time == Self.start + 30 * Self.day && !lease.allowsShowing(at: known))
  }

  @Test func aClockSetBackMakesItNoEarlier() {
    var known = noted
    known = known.advanced(to: Reading(wall: Self.start + 29 * Self.day, boot: "a", uptime: 0), offset: 0)
    let back = Reading(wall: Self.start - 365 * Self.day, boot: "b", uptime: 5)
    known = known.advanced(to: back, offset: 0)
    #expect(known.time == Self.start + 29 * Self.day)
    // And as long as the machine runs on, time passes all the same.
    let on = Reading(wall: Self.start - 365 * Self.day, boot: "b", uptime: 5 + 2 * Self.day)
    known = known.advanced(to: on, offset: 0)
    #expect(known.time == Self.start + 31 * Self.day && !lease.allowsShowing(at: known))
  }

  /// Whatever is read in whatever order, it never goes back.
  @Test func itNeverGoesBack() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<2_000 {
      var known = told
      for _ in 0..<20 {
        let reading = Reading(
          wall: Int64(bitPattern: random.next()), boot: ["a", "b", nil].randomElement(using: &random) ?? nil,
          uptime: Int64(bitPattern: random.next()) >> 1)
        let next = known.advanced(to: reading, offset: Int64(bitPattern: random.next()))
        #expect(next.time >= known.time)
        known = next
      }
    }
  }

  /// Somebody set the clock years ahead once: the device shows nothing until the server says what time it is.
  @Test func aClockYearsAheadLocksUntilTheNextContact() {
    let ahead = noted.advanced(
      to: Reading(wall: Self.start + 3_650 * Self.day, boot: "a", uptime: 2_000), offset: 0)
    #expect(!lease.allowsShowing(at: ahead))
    let right = ahead.advanced(to: Reading(wall: Self.start + 1, boot: "a", uptime: 3_000), offset: 0)
    #expect(!lease.allowsShowing(at: right))
    // What a session stores is the server's word alone.
    #expect(lease.allowsShowing(at: KnownTime(time: Self.start + 2)))
  }

  @Test func aMachineThatWasStartedAnewCountsFromItsClock() {
    let other = noted.advanced(to: Reading(wall: Self.start + 5, boot: "b", uptime: 90 * Self.day), offset: 0)
    #expect(other.time == Self.start + 5)
    let reading = Reading(wall: Self.start + 5, boot: nil, uptime: 90 * Self.day)
    let unknown = noted.advanced(to: reading, offset: 0)
    #expect(unknown == KnownTime(time: Self.start + 5, boot: nil, uptime: 90 * Self.day))
  }

  @Test func sumsBeyondTheirEndStayThere() {
    let far = told.advanced(to: Reading(wall: .max, boot: nil, uptime: 0), offset: 5)
    #expect(far.time == .max)
    #expect(told.advanced(to: Reading(wall: .min, boot: nil, uptime: 0), offset: -5).time == Self.start)
  }

  @Test func aLeaseWithoutEndAlwaysAllows() {
    #expect(Lease(until: nil).allowsShowing(at: KnownTime(time: .max)))
  }
}
