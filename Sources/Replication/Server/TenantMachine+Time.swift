import CRDT
import CaseModel

/// Rights begin and end at an instant although nobody writes anything. What is sent is asked policy then
/// anyhow; what must be done of itself is to enter what may be read from now on.
extension TenantMachine {
  /// When at the earliest `timePassed` has something to do, in milliseconds since 1970; the end of time where
  /// it has only if the clock is set back; `nil` for never as things stand.
  ///
  /// - Complexity: O(1)
  public var nextChange: Int64? { [rightsChange.next, leasesRenew.next].compactMap { $0 }.min() }

  /// Looks through what those may read whose rights may have changed by the time alone: what may be read
  /// from now on enters; whether they hold what may not be is asked with the next group.
  ///
  /// - Complexity: O(what lies in the scopes of those concerned), and O(1) where nobody is.
  public mutating func timePassed(at now: Int64, in source: any TenantSource) {
    // What was looked through by a clock that was ahead was looked through for a time that is to come.
    if clock.note(now, at: position) { looks = [:] }
    renewLeases(at: now)
    let due = rightsChange.takeDue(at: now)
    guard !due.isEmpty else { return }
    let context = context(source, at: now)
    for (connection, since) in due { look(at: connection, since: since, in: context) }
    pump(Set(due.map(\.id)), in: context)
  }

  private mutating func look(at connection: ConnectionNumber, since: Int64, in context: DeliveryContext) {
    guard let session = sessions[connection], session.takesOrders, let device = session.device,
      let person = directory.accounts[device.account]?.person
    else { return }
    submissions.append(Waiting(connection: connection, submission: .write(.review(of: device.actor))))
    noteNextChange(for: person, on: connection, after: context.now)
    // One that waits for its confirmation is to wipe what it may not have any more, and is sent nothing.
    guard session.isFollowing else { return }
    let scopes = governing.scopes(of: person, at: context.now)
    subscriptions.subscribe(connection, to: Set(scopes))
    // After a clock that was ahead whatever is not held enters: what it showed then is not known any more.
    var gains = TimedGains(of: person, since: since, looks[person], until: context.now, in: governing)
    // Where something that governs was written since the last look, it is noted what had begun before it.
    let regained = regained[person] ?? [:]
    enter(scopes, on: connection, in: context) { record in
      since == .min || regained[record.id].map { since < $0.since } == true || gains.contain(record)
    }
  }

  /// Notes when a session is to be looked at again. Whoever has rights that time changes is looked at again
  /// also when the clock goes back, though nothing is to come.
  mutating func noteNextChange(for person: Identifier, on connection: ConnectionNumber, after now: Int64) {
    let next = governing.nextChange(for: person, after: now)
    let isTimed = next != nil || governing.nextChange(for: person, after: .min) != nil
    rightsChange.note(connection, lookedAt: now, next: isTimed ? next ?? .max : nil)
  }

  /// Notes when a session is to be looked at again, since rights were given or taken. What is due already is
  /// looked at first.
  mutating func noteChangedRights(of person: Identifier, on connection: ConnectionNumber, at now: Int64) {
    guard !rightsChange.isDue(connection, at: now) else { return }
    noteNextChange(for: person, on: connection, after: now)
  }
}
