import CRDT
import CaseModel
import Replication
import Storage
import WireProtocol

/// Devices that are lost, stolen or replaced, and people who leave.
extension Simulation {
  /// Somebody asks to end a device's access, or a person's.
  func end(_ device: DeviceNode, _ store: ReplicaStore) throws -> Bool {
    guard device.machine != nil, device.connection != nil, device.digits == nil, endings < 3
    else { return false }
    let others = devices.filter { !steadyPersons.contains($0.person) && $0.isEnrolled }
    let wish: Endings.Wish
    let request: DeviceRequest
    if device.role == .leader || random.chance(0.15) {
      // Who is no leader is told that she may not.
      guard let person = random.pick(others.map(\.person).filter({ $0 != device.person }))
      else { return false }
      let reason: RevocationReason = random.chance(0.6) ? .left : .stolen
      wish = Endings.Wish(subject: .person(person), reason: reason, asker: device.person)
      request = .end(person: person, reason)
    } else {
      guard let own = random.pick(others.filter { $0.person == device.person }),
        let id = oracle.endings.id(of: own.firstActor)
      else { return false }
      let reason: RevocationReason = random.chance(0.6) ? .replaced : .stolen
      wish = Endings.Wish(subject: .device(own.firstActor), reason: reason, asker: device.person)
      request = .revoke(device: id, reason)
    }
    endings += 1
    oracle.endings.ask(wish)
    trace.note(
      at: now, 35, UInt64(device.index), UInt64(wish.reason.rawValue),
      words: "\(device.name): ends \(wish.subject), \(wish.reason)")
    // Who it is about is in the middle of something, and mostly not reached.
    for other in others where other.person != device.person || wish.subject == .device(other.firstActor) {
      if random.chance(0.6) {
        let end = now + random.within(0...20_000)
        network.partitionedUntil[other.index] = [end, end]
      }
      for _ in 0..<3 { schedule.add(.act(other.index), at: now + random.within(0...15_000)) }
    }
    try perform(device.machine?.ask(request, replica: store) ?? [], device)
    return true
  }

  /// A leader, or whoever it is, ends somebody's access now.
  func endSomebody(_ device: DeviceNode) throws {
    guard device.isUp, let store = device.store else { return }
    try running(device) { _ = try end(device, store) }
  }

  func isRevoked(_ device: DeviceNode) -> Bool { oracle.endings.revoked[device.firstActor] != nil }

  /// The device was told that its access ended, and everything that it was to say was said.
  func heardOfEnd(_ device: DeviceNode, _ store: ReplicaStore) throws {
    guard isRevoked(device) else { throw Violation(.access, "\(device.name) was told that its access ended") }
    device.digits = nil
    device.isCaughtUp = true
    try checkStatus(device, store)
    if !isCalm, !device.isWatching { disconnect(device) }
  }

  /// What a device that was told so still has: nothing but what the tenant alone can read.
  func checkEnded(_ device: DeviceNode) throws {
    guard let store = device.store, try store.meta().accessEnded != nil else { return }
    guard isRevoked(device) else {
      throw Violation(.access, "\(device.name) takes its access to have ended, and it has not")
    }
    if let record = try store.records().first {
      throw Violation(.access, "\(device.name) still shows \(record.id), and its access ended")
    }
  }
}
