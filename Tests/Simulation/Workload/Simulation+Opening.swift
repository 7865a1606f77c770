import CRDT
import CaseModel
import Replication
import Storage
import WireProtocol

/// A leader opens a case that she takes no part in; and what is shown on devices is written down.
extension Simulation {
  private static let glassCodes: Set<ErrorCode> = [.forbidden, .notAvailable, .causality, .alreadyDecided]

  /// Somebody opens something now.
  func open(_ device: DeviceNode) throws {
    guard device.isUp, let store = device.store else { return }
    try running(device) {
      if try store.meta().accessEnded != nil { return }
      guard let draft = try opening(device, store) else { return }
      try write(draft, .opening, device, store)
    }
  }

  func opening(_ device: DeviceNode, _ store: ReplicaStore) throws -> Draft? {
    if random.chance(0.5) {
      try show(device, store)
      return nil
    }
    let glasses = try store.records(kinds: [.breakGlass]).sorted { $0.id < $1.id }
    if device.role == .leader, let glass = random.pick(glasses), random.chance(0.3),
      let end = CaseWork.end(governing: glass)
    {
      return Draft(act: [end], expectation: .either(Self.glassCodes))
    }
    guard let caseID = random.pick(cases) else { return nil }
    if device.role == .leader, try anyCase(device, store) == nil, random.chance(0.4) {
      // She reads, and writes nothing.
      return Draft(act: [newNote(in: caseID)], expectation: .refused(Self.glassCodes))
    }
    guard device.role == .leader || device.role.isStaff && random.chance(0.2) else { return nil }
    let draft = CaseWork.breakGlass(id: random.identifier(), in: caseID, reason: "nobody is on duty")
    return Draft(
      act: [draft],
      expectation: device.role == .leader ? .either(Self.glassCodes) : .refused(Self.glassCodes))
  }

  // MARK: Showing

  /// Some records are shown: that is written down before.
  private func show(_ device: DeviceNode, _ store: ReplicaStore) throws {
    let records = try store.records().map(\.id).sorted()
    let some = (0...random.below(4)).compactMap { _ in random.pick(records) }
    guard !some.isEmpty else { return }
    trace.note(at: now, 36, UInt64(device.index), words: "\(device.name): shows \(some.count) records")
    device.model.showing = Set(some)
    try deviceStep(device)
    try store.open(some, for: device.role.openingPurpose, at: time(of: device)) { random.identifier() }
    try noteShown(device, store)
    try deviceStep(device)
    schedule.add(.woken(device.index, process: device.process), at: now + random.within(0...50))
    connectSometimes(device)
  }

  /// What the device has written down and not told yet, it will tell.
  func noteShown(_ device: DeviceNode, _ store: ReplicaStore) throws {
    for one in try store.waitingOpenings(limit: 10_000) {
      let digest = one.opening.digest
      if oracle.openings.shown[digest] == nil {
        guard device.model.showing.contains(one.opening.event.record) else {
          throw Violation(.values, "\(device.name) says to have shown \(one.opening.event.record)")
        }
        oracle.openings.show(one.opening, to: device.person)
      }
      device.model.opened.insert(digest)
    }
    device.model.showing = []
  }

  // MARK: Telling

  /// Tells what waits, unless an answer is to come before, as `Session+Openings` of `SyncClient` does.
  func pushOpenings(_ device: DeviceNode) throws {
    guard device.machine != nil, device.openings.isIdle, let store = device.store, let id = device.connection
    else { return }
    let waiting = try store.waitingOpenings(limit: Limits.openedRows)
    guard let rows = device.openings.next(of: waiting.map(\.opening)) else { return }
    device.pushedOpenings = waiting
    try deviceStep(device)
    send(try WireClientMessage.with { $0.opened = rows }.serializedBytes(), .toServer, on: id)
  }

  func receivedAboutLogs(_ bytes: [UInt8], _ device: DeviceNode, _ store: ReplicaStore) throws {
    guard case .opened(let taken)? = try WireServerMessage(serializedBytes: bytes).body else { return }
    do {
      guard try device.openings.received(taken) else { return try tellIfUpToDate(device) }
    } catch {
      // What came twice is answered twice.
      guard plan.faults.contains(.duplicate) else {
        throw Violation(.errors, "\(device.name) was told of rows that it did not push")
      }
      return disconnect(device)
    }
    oracle.openings.taken(device.pushedOpenings.map(\.opening))
    try store.noteTaken(openings: device.pushedOpenings, at: time(of: device))
    try pushOpenings(device)
    try tellIfUpToDate(device)
  }

  /// Whether nothing goes on beside the changes.
  func isRestIdle(_ device: DeviceNode) -> Bool {
    device.openings.isIdle && device.attachments?.isIdle ?? true
  }

  /// What went on beside the changes may have come to its end.
  func tellIfUpToDate(_ device: DeviceNode) throws {
    guard device.connection != nil, device.awaitsRest, isRestIdle(device) else { return }
    device.awaitsRest = false
    // What was written meanwhile and has no verdict reports it again.
    if device.machine?.isUpToDate == true { try caughtUp(device) }
  }

  // MARK: Checks

  /// The server has every row that it said to have.
  func checkOpeningsKept(_ store: ServerStore) throws {
    for digest in oracle.openings.logged.sorted(by: { $0.bytes.lexicographicallyPrecedes($1.bytes) })
    where oracle.openings.records[digest].map(oracle.readers.erased.contains) != true {
      guard try store.hasOpened(digest) else {
        throw Violation(.durability, "that a record was opened stood in the log, and does no more")
      }
    }
  }

  /// A device keeps what it showed until the server has it.
  func checkOpeningsWait(_ device: DeviceNode, _ store: ReplicaStore) throws {
    try noteShown(device, store)
    let waiting = Set(try store.waitingOpenings(limit: 10_000).map(\.opening.digest))
    guard device.model.opened.subtracting(oracle.openings.logged).isSubset(of: waiting) else {
      throw Violation(.durability, "\(device.name) has forgotten what it showed")
    }
  }

  /// In the end the server has all that was shown.
  func checkOpeningsDone(_ device: DeviceNode, _ store: ReplicaStore) throws {
    guard device.digits == nil, !isRevoked(device) else { return }
    guard try store.waitingOpenings() == 0 else {
      throw Violation(.progress, "\(device.name) does not tell what it showed")
    }
    try checkOpeningsWait(device, store)
  }
}
