import CRDT
import CaseModel
import Replication
import Storage
import WireProtocol

/// A device's shell, as `SyncClient` is it.
extension Simulation {
  func time(of device: DeviceNode) -> Int64 { Self.start + now + device.clock }

  // MARK: Connecting

  func connect(_ device: DeviceNode, _ process: Int32) {
    guard device.isUp, device.process == process, device.connection == nil, device.isShutOut == nil else {
      return
    }
    guard server.isUp, !network.isPartitioned(device.index, at: now) else {
      let wait = random.within(10...3_000)
      return schedule.add(.connectFailed(device.index, process: process), at: now + wait)
    }
    let id = network.open(device.index)
    device.connection = id
    trace.note(at: now, 10, UInt64(device.index), UInt64(id), words: "\(device.name): connects, \(id)")
    serverReceives(.opened(id))
    schedule.add(.connected(id), at: now + random.within(plan.latency))
    // What others write while somebody connects is neither there when the session begins nor news after it.
    if !isCalm, random.chance(0.3) {
      schedule.add(
        .act(random.below(devices.count)), at: now + random.within(0...4 * plan.latency.upperBound))
    }
  }

  func connected(_ id: Int) throws {
    let device = devices[network.connections[id].device]
    guard device.connection == id, network.connections[id].isOpenAtClient else { return }
    device.isCaughtUp = false
    device.asksForQuarantine = false
    device.followedFrom = oracle.position
    device.readable = oracle.created.filter { isReadable($0, by: device) }
    try running(device) {
      if let code = device.code {
        var session = EnrolmentSession(
          code: code, signingKey: device.signingKey, agreementKey: device.agreementKey,
          deviceName: device.name)
        let actions = try session.connected(nonce: random.bytes(32), at: time(of: device))
        device.enrolment = session
        try perform(actions, device)
      } else if let store = device.store {
        try store.reissueAwaiting(at: time(of: device))
        try takeRewritten(device, store)
        let identity = try identity(device, store)
        network.connections[id].actor =
          identity.successor.map { Transcript.actor(of: $0.publicKey) } ?? identity.actor
        var machine = ReplicaMachine(identity: identity)
        let actions = try machine.connected(
          nonce: random.bytes(32), at: time(of: device), replica: store)
        device.machine = machine
        device.attachments = AttachmentMachine()
        device.openings = OpeningExchange()
        device.awaitsRest = false
        try perform(actions, device)
      }
    }
  }

  func reconnect(_ device: DeviceNode) {
    guard device.isUp, device.isShutOut == nil, device.isWatching || isCalm else { return }
    let pause = device.backoff.next(Double(random.next() >> 11) * 0x1p-53)
    schedule.add(.connect(device.index, process: device.process), at: now + Int64(pause * 1_000))
  }

  // MARK: Events

  func deviceReceives(_ bytes: [UInt8], on id: Int) throws {
    let device = devices[network.connections[id].device]
    guard device.isUp, device.connection == id else { return }
    try running(device) {
      if device.enrolment != nil {
        try perform(device.enrolment?.messageReceived(bytes) ?? [], device)
      } else if let store = device.store {
        if LogMessage.isOne(bytes) { return try receivedAboutLogs(bytes, device, store) }
        if AttachmentMessage.isOne(bytes) { return try receivedAboutAttachments(bytes, device, store) }
        try perform(
          device.machine?.received(bytes, at: time(of: device), replica: store) ?? [], device)
      }
    }
  }

  func deviceLost(_ id: Int) throws {
    let device = devices[network.connections[id].device]
    guard device.isUp, device.connection == id else { return }
    try running(device) {
      if let store = device.store, device.machine != nil {
        try perform(device.machine?.connectionEnded("closed", replica: store) ?? [], device)
      } else {
        disconnect(device)
      }
    }
  }

  /// Ends the session; another one follows.
  func disconnect(_ device: DeviceNode) {
    if let id = device.connection { end(id, by: .client) }
    device.connection = nil
    device.machine = nil
    device.attachments = nil
    device.enrolment = nil
    reconnect(device)
  }

  /// Something was written at the device: its session sends it, at once or when it is woken.
  func entriesWritten(_ entries: [LinkedEntry], _ device: DeviceNode, _ store: ReplicaStore) throws {
    guard device.machine != nil else { return }
    if random.chance(0.5) {
      schedule.add(.woken(device.index, process: device.process), at: now + random.within(0...50))
    } else {
      // The program that wrote has at hand what it wrote; another one's it reads.
      try perform(device.machine?.entriesWritten(entries, replica: store) ?? [], device)
    }
  }

  func woken(_ device: DeviceNode, _ process: Int32) throws {
    guard device.isUp, device.process == process, let store = device.store, device.machine != nil else {
      return
    }
    try running(device) {
      try perform(device.machine?.entriesWritten(replica: store) ?? [], device)
      try pushOpenings(device)
      try advanceAttachments(device) { try $0.changed(replica: store) }
    }
  }

  // MARK: Actions

  func perform(_ first: [ReplicaMachine.Action], _ device: DeviceNode) throws {
    guard let store = device.store else { return }
    var actions = first
    while !actions.isEmpty {
      var next: [ReplicaMachine.Action] = []
      for action in actions {
        try deviceStep(device)
        switch action {
        case .send(let message):
          if let id = device.connection { send(message, .toServer, on: id) }
        case .store(let write): next = try carryOut(write, device, store)
        case .flush:
          try store.flush()
          device.model.flushed()
          next = try device.machine?.flushed(replica: store) ?? []
        case .report(.upToDate) where try store.mayAwait && store.reissueAwaiting(at: time(of: device)):
          try takeRewritten(device, store)
          next += try device.machine?.entriesWritten(replica: store) ?? []
        case .report(let report): try tell(report, device)
        case .end: disconnect(device)
        }
      }
      actions = next
    }
  }

  private func carryOut(
    _ write: ReplicaMachine.Write, _ device: DeviceNode, _ store: ReplicaStore
  ) throws -> [ReplicaMachine.Action] {
    if case .verdicts(let verdicts, _, _) = write, let last = verdicts.last {
      device.model.judgedAtMost = max(device.model.judgedAtMost, last.entry)
    }
    let outcome = try store.carryOut(write, salt: { [self] in random.bytes(32) })
    try takeRewritten(device, store)
    try takeWiped(device, store)
    switch outcome {
    case .stored:
      device.model.flushed()
      if case .standing(nil) = write { device.digits = nil }
    case .judged(let applied): try checkShown(Array(applied.records), device, store)
    case .delivered(let applied):
      try checkShown(applied.records.keys.sorted(), device, store)
    case .didNotFit:
      guard device.model.isRestored else {
        throw Violation(.errors, "\(device.name) was sent what does not fit, and has lost nothing")
      }
      return try device.machine?.didNotFit(replica: store) ?? []
    }
    try takeBack(device, store)
    return try device.machine?.stored(replica: store) ?? []
  }

  private func tell(_ report: ReplicaMachine.Report, _ device: DeviceNode) throws {
    switch report {
    case .opened:
      device.backoff.succeeded()
      device.openings.opened()
      try pushOpenings(device)
      if let store = device.store { try advanceAttachments(device) { try $0.opened(replica: store) } }
    case .upToDate:
      try pushOpenings(device)
      if let store = device.store { try advanceAttachments(device) { try $0.changed(replica: store) } }
      if isRestIdle(device) { try caughtUp(device) } else { device.awaitsRest = true }
    case .invited(_, let code, _): try invited(code, by: device)
    case .refused, .history, .noHistory: break
    case .unconfirmed(let digits):
      device.digits = digits
      device.unconfirmed = device.connection.flatMap { network.connections[$0].actor }
      schedule.add(.confirmDevice(device.index), at: now + random.within(500...20_000))
    case .quarantine(let entries): shown(entries, device)
    case .quarantineWaiting(let count): noticed(count, device)
    case .accessEnded: if let store = device.store { try heardOfEnd(device, store) }
    case .healing, .healed, .confirmed, .serverRecovers, .endedRecovery, .quarantineRefused, .revoked,
      .listed:
      break
    case .failed(let code):
      trace.note(
        at: now, 12, UInt64(device.index), UInt64(code.rawValue), words: "\(device.name): \(code.name)")
      try refused(device, code)
    case .ended: break
    }
  }

  /// The server, or this device itself, ended the session for a reason.
  private func refused(_ device: DeviceNode, _ code: ErrorCode) throws {
    switch code {
    case .retry, .superseded: return
    // It comes again, into the epoch that the server has begun.
    case .epochMismatch where server.setBacks > 0: return
    case .deviceRevoked where oracle.endings.revoked[device.firstActor] == .stolen: device.isShutOut = code
    // What came twice may be out of turn, or one push too many.
    case .unexpected where plan.faults.contains(.duplicate): return
    case .limitExceeded where plan.faults.contains(.duplicate): return
    // Who tries the digits of a device that waits no more does so a few times only.
    case .limitExceeded where device.hasConfirmed: return
    default: throw Violation(.errors, "\(device.name) was told \(code.name)")
    }
  }

  // MARK: Enrolling

  private func perform(_ actions: [EnrolmentSession.Action], _ device: DeviceNode) throws {
    for action in actions {
      try deviceStep(device)
      switch action {
      case .send(let message):
        if let id = device.connection { send(message, .toServer, on: id) }
      case .failed(let code):
        trace.note(
          at: now, 13, UInt64(device.index), UInt64(code.rawValue), words: "\(device.name): \(code.name)")
        // A code lasts a quarter of an hour, and clocks jump here.
        if code == .codeRefused { device.isShutOut = code }
        disconnect(device)
      case .enrolled(let enrolled):
        device.store = try device.made(home: Self.meta(device, enrolled))
        device.code = nil
        oracle.persons[enrolled.membership.account] = device.person
        trace.note(at: now, 14, UInt64(device.index), words: "\(device.name): is enrolled")
        disconnect(device)
      }
    }
  }

  private static func meta(
    _ device: DeviceNode, _ enrolled: EnrolmentSession.Enrolled
  ) -> ReplicaMeta {
    let membership = enrolled.membership
    return ReplicaMeta(
      tenant: enrolled.server.tenant, tenantName: enrolled.server.name, tenantKey: enrolled.server.key,
      account: membership.account, person: membership.person, personName: membership.personName,
      role: Role(rawValue: membership.role), aliases: membership.aliases,
      certificate: membership.certificate, certificateSignature: membership.certificateSignature,
      actor: device.actor, serverURL: "wss://simulated", epoch: enrolled.server.epoch,
      sessionToken: enrolled.token)
  }
}
