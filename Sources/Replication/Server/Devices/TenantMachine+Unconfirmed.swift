import CRDT
import CaseModel
import WireProtocol

/// Telling those who may confirm a device that one waits for them.
extension TenantMachine {
  /// How many devices that nobody has confirmed yet wait for somebody: those of whom she invited, and her
  /// own.
  ///
  /// - Complexity: O(devices of the tenant)
  func devicesWaiting(for account: Account) -> Int {
    let living = directory.devices.values.filter { !$0.isRetired }
    let waiting = living.filter { device in
      guard !device.isConfirmed, directory.revocations[device.id] == nil,
        let other = directory.accounts[device.account], other.endedAt == nil
      else { return false }
      return (other.id == account.id || other.inviter == account.person) && directory.isUnknown(device)
    }
    if waiting.isEmpty { return 0 }
    // A device may have gone on under another actor before it was confirmed.
    return Set(waiting.map(\.id)).subtracting(living.filter(\.isConfirmed).map(\.id)).count
  }

  /// Tells who is connected, when the group changed which devices wait.
  mutating func noticeDevices(after stage: GroupStage) {
    let mayDiffer =
      !stage.confirmed.isEmpty || !stage.group.revocations.isEmpty
      || stage.group.devices.values.contains { device in
        // What a device that waits does in its sessions changes nothing for others.
        let before = stage.directory.devices[device.actor]
        return !device.isConfirmed && (before == nil || before?.isRetired != device.isRetired)
      }
    guard mayDiffer else { return }
    for (_, id) in connectionOfActor.sorted(by: { $0.key < $1.key }) {
      guard var session = sessions.removeValue(forKey: id) else { continue }
      let actions = session.account.map { session.notice(devices: devicesWaiting(for: $0)) } ?? []
      sessions[id] = session
      perform(actions, on: id)
    }
  }
}

extension ServerSession {
  /// Says how many devices wait for the person, when that is another number than was said last.
  mutating func notice(devices waiting: Int) -> [Action] {
    guard case .open(var open) = state, open.isFollowing, open.maySend, !open.isBundle,
      open.noticedDevices != waiting
    else { return [] }
    open.noticedDevices = waiting
    state = .open(open)
    return [.send(.with { $0.deviceNotice = .with { $0.devices = UInt32(clamping: waiting) } })]
  }
}
