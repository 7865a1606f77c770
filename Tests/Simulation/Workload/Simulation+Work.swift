import CRDT
import CaseModel
import Replication
import Storage
import WireProtocol

/// What people do at their devices.
extension Simulation {
  /// One act, drawn at random from what the seed allows and the person can do now.
  func act(_ device: DeviceNode) throws {
    guard device.isUp, now >= device.pausedUntil, let store = device.store else { return }
    try running(device) {
      // Nothing is written any more where access ended.
      if try store.meta().accessEnded != nil { return }
      for _ in 0..<4 {
        guard let kind = random.pick(operationKinds) else { return }
        if kind == .invitation || kind == .secondDevice {
          if try invite(kind, device, store) { return }
          continue
        }
        if kind == .ending {
          if try end(device, store) { return }
          continue
        }
        if kind == .decision {
          if try askForQuarantine(device, store) { return }
          continue
        }
        if kind == .fetch {
          if try fetch(device, store) { return }
          continue
        }
        if let draft = try draft(kind, device, store) {
          return try write(draft, kind, device, store)
        }
      }
    }
  }

  /// Writes what must be accepted.
  func write(_ act: [RecordDraft], at device: DeviceNode) throws {
    guard let store = device.store else { return }
    try running(device) {
      try write(Draft(act: act, expectation: .accepted), .act, device, store)
    }
  }

  func write(
    _ draft: Draft, _ kind: OperationKind, _ device: DeviceNode, _ store: ReplicaStore
  ) throws {
    let time = time(of: device)
    device.model.attempt = DeviceModel.Attempt(
      operations: draft.act.map(\.operations), expectation: draft.expectation, writtenAt: time,
      attached: draft.attachment?.record)
    trace.note(
      at: now, 30, UInt64(device.index), UInt64(kind.rawValue),
      words: "\(device.name): \(kind), \(draft.act.map { "\($0.kind.rawValue) \($0.id)" })")
    try deviceStep(device)
    // With a session open in the program that writes, it is sent while the disk takes it.
    let isSentEarly = device.machine != nil && random.chance(0.5)
    let entries: [LinkedEntry]
    do {
      entries = try store.write(
        [draft.act], attaching: draft.attachment, at: time, durability: isSentEarly ? .later : .atCommit
      ) { random.identifier() }
    } catch let error as StorageError where error.code == .tooLarge || error.code == .recordExists {
      device.model.attempt = nil
      return
    }
    if isSentEarly { try sendEarly(entries, device, store) }
    try saved(entries, device)
    try deviceStep(device)
    if !isSentEarly { try entriesWritten(entries, device, store) }
    connectSometimes(device)
  }

  /// Nobody is told that it is saved yet, and the server may have it: what power takes away now comes back.
  private func sendEarly(
    _ entries: [LinkedEntry], _ device: DeviceNode, _ store: ReplicaStore
  ) throws {
    guard let attempt = device.model.attempt else { return }
    device.model.sentEarly = entries.map {
      DeviceModel.Entry(linked: $0, expectation: attempt.expectation, writtenAt: attempt.writtenAt)
    }
    for entry in entries { oracle.saved(entry, attempt.expectation) }
    try perform(device.machine?.entriesWritten(entries, replica: store) ?? [], device)
    try deviceStep(device)
    try store.flush()
  }

  /// Whoever has something to send connects, if not always at once.
  func connectSometimes(_ device: DeviceNode) {
    guard !device.isWatching, device.connection == nil, random.chance(0.4) else { return }
    schedule.add(.connect(device.index, process: device.process), at: now + random.within(0...2_000))
  }

  /// The device said that it saved: from now on it must be there.
  func saved(_ entries: [LinkedEntry], _ device: DeviceNode) throws {
    guard let attempt = device.model.attempt else { return }
    device.model.attempt = nil
    device.model.sentEarly = []
    device.model.flushed()
    if let attached = attempt.attached { device.model.attached.insert(attached) }
    for entry in entries {
      oracle.saved(entry, attempt.expectation)
      let operations = entry.digests.map { oracle.written[$0]?.operations }
      guard operations == attempt.operations else {
        throw Violation(.values, "\(device.name) saved something else than was written")
      }
      try checkNamed(entry, device)
      guard entry.entry.number == UInt64(device.model.entries.count) + 1 else {
        throw Violation(.durability, "\(device.name) numbers its entries anew at \(entry.entry.number)")
      }
      device.model.entries.append(
        DeviceModel.Entry(
          linked: entry, expectation: attempt.expectation, writtenAt: attempt.writtenAt))
    }
  }

  // MARK: Inviting

  private func invite(_ kind: OperationKind, _ device: DeviceNode, _ store: ReplicaStore) throws -> Bool {
    guard invitations.count < 2, device.machine != nil, device.connection != nil else { return false }
    let isOwn = kind == .secondDevice
    guard isOwn || device.role == .leader else { return false }
    let code = EnrolmentCode(
      id: random.next(), secret: random.identifier(), fingerprint: fingerprint)
    let person = isOwn ? device.person : random.identifier()
    let role: Role = isOwn ? device.role : random.chance(0.5) ? .coreTeam : .externalReporter
    var request = WireInvitationRequest()
    request.request = UInt64(invitations.count) + 1
    request.verifier = .init(code.verifier.bytes)
    request.role = role.rawValue
    request.person = .init(person.bytes)
    request.personName = "Invited"
    request.codeID = .init(withUnsafeBytes(of: code.id.bigEndian) { Array($0) })
    invitations[code.id] = Invitation(code: code, person: person, role: role)
    if !isOwn { inviters[person] = device.person }
    try perform(device.machine?.invite(request, replica: store) ?? [], device)
    return true
  }

  /// The code was made: a new device gets it on paper.
  func invited(_ id: UInt64, by device: DeviceNode) throws {
    guard let invitation = invitations[id], !invitation.isTaken else { return }
    invitations[id]?.isTaken = true
    oracle.readers.roles[invitation.person] = invitation.role
    let node = try addDevice(
      "device-\(devices.count)", person: invitation.person, role: invitation.role, code: invitation.code)
    schedule.add(.startDevice(node.index), at: now + random.within(1...5_000))
  }
}

/// A code that was asked for.
struct Invitation {
  let code: EnrolmentCode
  let person: Identifier
  let role: Role
  var isTaken = false
}

/// An act with what must come of it.
struct Draft {
  let act: [RecordDraft]
  let expectation: Expectation
  /// A file that is saved with it.
  var attachment: NewAttachment?
}
