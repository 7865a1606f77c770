/// When sessions are to be looked at again although nobody writes anything.
///
/// Clocks are set, so what counts as due is also what was looked at by a clock that was ahead of what it
/// shows now.
struct SessionTimes {
  private struct Look {
    /// By the clock of then.
    let at: Int64
    /// When the next one is due.
    let next: Int64
  }

  private var looks: [ConnectionNumber: Look] = [:]
  /// None is due before it; one may be that is gone.
  private(set) var next: Int64?
  /// No look was later; one may have been that is gone.
  private var latest = Int64.min

  /// Notes a look at a session.
  ///
  /// - Parameter next: when the next one is due; `nil` when none is as long as nothing is written.
  /// - Complexity: O(1)
  mutating func note(_ id: ConnectionNumber, lookedAt now: Int64, next: Int64?) {
    looks[id] = next.map { Look(at: now, next: $0) }
    guard let next else { return }
    self.next = min(self.next ?? .max, next)
    latest = max(latest, now)
  }

  mutating func remove(_ id: ConnectionNumber) {
    looks[id] = nil
    if looks.isEmpty { self = SessionTimes() }
  }

  /// - Complexity: O(1)
  func mayBeDue(at now: Int64) -> Bool { next.map { $0 <= now } == true || now < latest }

  func isDue(_ id: ConnectionNumber, at now: Int64) -> Bool {
    looks[id].map { $0.next <= now || now < $0.at } == true
  }

  /// Takes out the sessions that are due, in the order of their numbers, with the instant of their last look:
  /// the beginning of time where the clock went back since.
  ///
  /// - Complexity: O(sessions), and O(1) when none may be due
  mutating func takeDue(at now: Int64) -> [(id: ConnectionNumber, since: Int64)] {
    guard mayBeDue(at: now) else { return [] }
    let due = looks.keys.filter { isDue($0, at: now) }.sorted().map { id in
      (id, looks.removeValue(forKey: id).flatMap { $0.at <= now ? $0.at : nil } ?? .min)
    }
    next = looks.values.map(\.next).min()
    latest = looks.values.map(\.at).max() ?? .min
    return due
  }
}
