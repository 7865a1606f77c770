import CRDT
import CaseModel

/// Rights begin and end at an instant although nobody writes anything. What is sent is asked policy then
/// anyhow; what must be done of itself is to enter what may be read from now on.
extension TenantMachine {
  /// When at the earliest `timePassed` has something to do, in milliseconds since 1970; `nil` for never as
  /// things stand.
  public var nextChange: Int64? {
    [changesAt.values.min(), renewsAt.values.min()].compactMap { $0 }.min()
  }

  /// Looks through what those may read whose rights may have changed by the time alone: what may be read
  /// from now on enters; whether they hold what may not be is asked with the next group.
  ///
  /// - Complexity: O(what lies in the scopes of those concerned).
  public mutating func timePassed(at now: Int64, in source: any TenantSource) {
    renewLeases(at: now)
    let due = changesAt.filter { $0.value <= now }.map(\.key).sorted()
    guard !due.isEmpty else { return }
    let context = context(source, at: now)
    for connection in due {
      changesAt[connection] = nil
      guard sessions[connection]?.isFollowing == true, let account = sessions[connection]?.device?.account,
        let person = directory.accounts[account]?.person
      else { continue }
      if let actor = sessions[connection]?.device?.actor {
        submissions.append(Waiting(connection: connection, submission: .write(.review(of: actor))))
      }
      let scopes = governing.scopes(of: person, at: now)
      subscriptions.subscribe(connection, to: Set(scopes))
      var gains = TimedGains(
        of: person, since: lookedAt[connection] ?? .min, until: now, in: governing)
      enter(scopes, on: connection, in: context) { gains.contain($0) }
      noteNextChange(for: person, on: connection, after: now)
    }
    pump(Set(due), in: context)
  }

  /// Notes when a session is to be looked at again.
  mutating func noteNextChange(for person: Identifier, on connection: ConnectionNumber, after now: Int64) {
    lookedAt[connection] = now
    changesAt[connection] = governing.nextChange(for: person, after: now)
  }

  /// Notes when a session is to be looked at again, since rights were given or taken. What is due already is
  /// looked at first.
  mutating func noteChangedRights(of person: Identifier, on connection: ConnectionNumber, at now: Int64) {
    if let due = changesAt[connection], due <= now { return }
    noteNextChange(for: person, on: connection, after: now)
  }
}
