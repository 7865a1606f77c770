import CRDT
import WireProtocol

/// Devices whose access ended: their sessions end with the commit, and nothing more is sent in them.
extension TenantMachine {
  /// Ends the sessions of devices that the group revoked, before anything else is sent. Whoever ended the
  /// access of her own device is answered first.
  mutating func endRevoked(_ staged: StagedGroup) {
    let revoked = Set(staged.group.revocations.map(\.device))
    guard !revoked.isEmpty else { return }
    for (id, session) in sessions.sorted(by: { $0.key < $1.key }) {
      guard let device = session.device, revoked.contains(device.id),
        let revocation = directory.revocations[device.id]
      else { continue }
      for case (id, .revoked(let request, let result)) in staged.outcomes {
        perform(sessions[id]?.revoked(request: request, result) ?? [], on: id)
      }
      // What it said since is said again where it counts, if at all.
      submissions.removeAll { $0.connection == id }
      let tenant = directory.tenant
      let actions = sessions[id]?.accessEnded(revocation, tenant: tenant, at: staged.stage.receivedAt) ?? []
      perform(actions, on: id)
    }
  }

  /// Why nothing that a connection submits counts in a group that revoked its device; `nil` where it counts.
  func endedAccess(of connection: ConnectionNumber, in stage: GroupStage) -> ErrorCode? {
    guard !stage.group.revocations.isEmpty, let device = sessions[connection]?.device,
      let revocation = stage.group.revocations.last(where: { $0.device == device.id })
    else { return nil }
    return revocation.reason == .stolen ? .deviceRevoked : .retry
  }
}
