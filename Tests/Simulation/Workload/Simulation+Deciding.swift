import CRDT
import CaseModel
import Replication
import Storage
import WireProtocol

/// What waits for a person: she looks at it, and accepts or refuses.
extension Simulation {
  /// Asks for what waits for the device's person.
  func askForQuarantine(_ device: DeviceNode, _ store: ReplicaStore) throws -> Bool {
    guard mayAsk(device) else { return false }
    // Who decides on nothing asks now and then, and is shown nothing.
    guard try store.meta().quarantineWaiting > 0 || random.chance(0.2) else { return false }
    try ask(device, store)
    return true
  }

  private func mayAsk(_ device: DeviceNode) -> Bool {
    device.machine != nil && device.connection != nil && device.digits == nil && !device.asksForQuarantine
  }

  private func ask(_ device: DeviceNode, _ store: ReplicaStore) throws {
    trace.note(at: now, 32, UInt64(device.index), words: "\(device.name): asks for what waits")
    device.asksForQuarantine = true
    try perform(device.machine?.readQuarantine(replica: store) ?? [], device)
  }

  /// So much waits for the device's person.
  func noticed(_ count: Int, _ device: DeviceNode) {
    guard count > 0, plan.operations.contains(.decision), isCalm || random.chance(0.5) else { return }
    schedule.add(.decide(device.index), at: now + random.within(0...(isCalm ? 2_000 : 10_000)))
  }

  /// The person was shown what waits, and takes her time.
  func shown(_ entries: [ReceivedQuarantine], _ device: DeviceNode) {
    device.asksForQuarantine = false
    device.toDecide = entries
    guard !entries.isEmpty else { return }
    schedule.add(.decide(device.index), at: now + random.within(0...3_000))
  }

  /// The person decides on what she was shown, or asks for it.
  func decide(_ device: DeviceNode) throws {
    guard device.isUp, let store = device.store else { return }
    let entries = device.toDecide
    device.toDecide = []
    try running(device) {
      if entries.isEmpty { return mayAsk(device) ? try ask(device, store) : () }
      // A leader who takes no part in the case would keep what she accepts: the server does not have her
      // wipe it.
      let takesPart = try device.role != .leader || anyCase(device, store) != nil
      for entry in entries {
        // What did not go in once is refused.
        let isTried = device.model.taking.contains { $0.linked.entry.changes == entry.changes.map(\.change) }
        if !isTried, takesPart, random.chance(0.65) {
          try accept(entry, device, store)
        } else {
          try refuse(entry.name, device, store)
        }
      }
    }
  }

  private func accept(
    _ entry: ReceivedQuarantine, _ device: DeviceNode, _ store: ReplicaStore
  ) throws {
    let time = time(of: device)
    trace.note(
      at: now, 33, UInt64(device.index), entry.name.entry, words: "\(device.name): accepts \(entry.name)")
    let original = LinkedEntry(
      entry: JournalEntry(number: entry.name.entry, changes: entry.changes.map(\.change)),
      digests: entry.changes.map(\.digest),
      journal: JournalHead.start(tenant: oracle.tenant, actor: entry.name.actor))
    // Meanwhile another may have decided, she may have lost the case, and it may be full.
    device.model.taking.append(
      DeviceModel.Entry(
        linked: original,
        expectation: .either([.notAvailable, .forbidden, .causality, .tooManyValues, .alreadyTaken, .erased]),
        writtenAt: time))
    try deviceStep(device)
    guard try store.accept(entry, at: time) else {
      // It left her scope since she asked.
      device.model.taking.removeLast()
      return
    }
    try takeRewritten(device, store)
    try deviceStep(device)
    schedule.add(.woken(device.index, process: device.process), at: now + random.within(0...50))
    connectSometimes(device)
  }

  private func refuse(_ name: QuarantineName, _ device: DeviceNode, _ store: ReplicaStore) throws {
    guard device.machine != nil else { return }
    let reasons: [QuarantineReason] = [.notNeeded, .wrongCase, .notEntitled, .other]
    let reason = random.pick(reasons) ?? .other
    trace.note(at: now, 34, UInt64(device.index), name.entry, words: "\(device.name): refuses \(name)")
    oracle.waiting.ask(name, by: device.person, because: reason)
    try perform(device.machine?.refuse(name, because: reason, replica: store) ?? [], device)
  }
}
