import CRDT
import WireProtocol

/// Leases: how long a device may show what it holds without having reached the server.
extension TenantMachine {
  /// Gives a device that follows another lease, if it may be sent content: one that may not keeps the lease
  /// that it has.
  mutating func giveLease(
    to session: inout ServerSession, _ id: ConnectionNumber, at now: Int64
  ) -> [ServerSession.Action] {
    guard session.maySend, let leaseDuration else { return [] }
    guard leaseDuration > 0 else {
      return session.order(WireLease(), tenant: directory.tenant, at: now)
    }
    // Whoever stays connected is not to be locked out meanwhile.
    leasesRenew.note(id, lookedAt: now, next: now + max(leaseDuration / 2, Self.leasePause))
    let lease = WireLease.with { $0.until = now + leaseDuration }
    return session.order(lease, tenant: directory.tenant, at: now)
  }

  /// The shortest time between two leases of a session, in milliseconds.
  private static let leasePause: Int64 = 60_000

  /// Gives sessions that go on another lease, when half of the last is over.
  mutating func renewLeases(at now: Int64) {
    for (id, _) in leasesRenew.takeDue(at: now) {
      guard var session = sessions.removeValue(forKey: id) else { continue }
      let actions = giveLease(to: &session, id, at: now)
      sessions[id] = session
      perform(actions, on: id)
    }
  }
}
