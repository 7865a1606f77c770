import CRDT
import CaseModel
import Replication
import SimulatedDisk
import Storage
import WireProtocol

/// The server's shell, as `TenantServer` is it.
extension Simulation {
  var serverTime: Int64 { Self.start + now + server.clock }

  func serverReceives(_ input: ServerNode.Input) {
    guard server.isUp else { return }
    server.inbox.append(input)
    guard !server.hasTurn else { return }
    server.hasTurn = true
    // What arrives meanwhile shares the next group.
    let delay = plan.faults.isEmpty ? 0 : random.within(0...3)
    schedule.add(.serverTurn, at: max(now + delay, server.pausedUntil))
  }

  func serverTurn() throws {
    server.hasTurn = false
    guard server.isUp else { return }
    guard now >= server.pausedUntil else {
      server.hasTurn = true
      schedule.add(.serverTurn, at: server.pausedUntil)
      return
    }
    let inputs = server.inbox
    server.inbox = []
    do {
      try process(inputs)
    } catch is ProcessEnded {
      endServer(losingPower: random.chance(0.5) && plan.faults.contains(.serverPowerLoss))
    } catch let error as StorageError {
      try serverFailed(error)
    }
  }

  private func process(_ inputs: [ServerNode.Input]) throws {
    guard let store = server.store, var machine = server.machine else { return }
    server.ledgerTime.value = serverTime
    forgetWhatWasNotReadable()
    defer { if server.isUp { server.machine = machine } }
    server.machine = nil
    defer { server.machine = machine }
    for input in inputs {
      switch input {
      case .opened(let id): machine.opened(ConnectionNumber(id), entropy: entropy())
      case .received(let id, let bytes):
        machine.received(bytes, on: ConnectionNumber(id), at: serverTime)
      case .closed(let id): machine.closed(ConnectionNumber(id))
      case .timePassed: machine.timePassed(at: serverTime, in: store)
      }
    }
    try serverStep()
    while var staged = machine.stage(at: serverTime, in: store) {
      try writeRows(&machine, to: store)
      try post(machine.takeActions())
      try serverStep()
      // In the program it runs beside the writing; a group must not be durable before.
      let check = staged.signatures.check()
      guard check.isPassed else { throw Violation(.errors, "a push under a signature that does not fit") }
      do {
        if !staged.group.isEmpty { try commit(staged.group, to: store) }
      } catch let error as StorageError {
        machine.failed(staged)
        guard error.code == .diskFull else {
          // The shell says so, and the process ends; what it had to say may still be heard.
          if server.disk.isHalted { throw ProcessEnded() }
          try post(machine.takeActions())
          throw error
        }
        trace.note(at: now, 2, words: "server: disk full")
        continue
      }
      try serverStep()
      machine.committed(&staged, check, in: store)
      try writeRows(&machine, to: store)
      try post(machine.takeActions())
      try serverStep()
      machine.answer(staged, in: store)
      try writeRows(&machine, to: store)
      try post(machine.takeActions())
      try serverStep()
    }
    try writeRows(&machine, to: store)
    try post(machine.takeActions())
    try signLogs(in: store)
    setAlarm(machine.nextChange)
  }

  /// Rows of what is about to be sent are durable before it is; or it is not sent.
  private func writeRows(_ machine: inout TenantMachine, to store: ServerStore) throws {
    guard let group = machine.takeRows() else { return }
    do {
      try store.commit(group)
    } catch let error as StorageError {
      machine.failedToNote()
      guard error.code == .diskFull else {
        if server.disk.isHalted { throw ProcessEnded() }
        try post(machine.takeActions())
        throw error
      }
    }
    try serverStep()
  }

  /// Wakes when what somebody may read changes by the time alone, as `TenantServer` does: in pieces, since
  /// the clock may be set meanwhile.
  private func setAlarm(_ next: Int64?) {
    guard let next else { return }
    let (rest, isFar) = next.subtractingReportingOverflow(serverTime)
    // In the end a clock that was set back brings nothing on any more.
    guard !isCalm || !isFar && rest <= Self.restAfter / 2 else { return }
    let time = now + (isFar ? Self.alarmPause : min(max(rest, 1), Self.alarmPause))
    guard server.alarm <= now || time < server.alarm else { return }
    server.alarm = time
    schedule.add(.serverAlarm(process: server.process), at: time)
  }

  private static let alarmPause: Int64 = 60_000

  /// Whoever could not read something for a while by the time alone need not have what was written
  /// meanwhile.
  private func forgetWhatWasNotReadable() {
    let passed = oracle.readers.bounds.count { $0 <= serverTime }
    guard passed != server.boundsPassed else { return }
    server.boundsPassed = passed
    for device in devices { device.readable = device.readable.filter { isReadable($0, by: device) } }
  }

  private func commit(_ group: CommitGroup, to store: ServerStore) throws {
    if let failed = server.uncertain { server.perhapsLedgered.append(failed) }
    server.uncertain = group
    try store.commit(group)
    server.uncertain = nil
    try noteCommitted(group)
    trace.note(
      at: now, 3, group.position, UInt64(group.changes.count),
      words: "server: commits \(group.changes.count) changes, \(group.entries.count) entries, "
        + "position \(group.position)")
  }

  func noteCommitted(_ group: CommitGroup) throws {
    try oracle.committed(group)
    bringErasures(in: group)
    // Whoever may not read something for a while need not have what was written in it before.
    let kinds = group.changes.compactMap { oracle.facts[$0.change.header.record]?.kind }
    let hasEnded = !group.revocations.isEmpty || group.accounts.contains { $0.endedAt != nil }
    if hasEnded || !Set(kinds).isDisjoint(with: Self.narrowing) {
      for device in devices { device.readable = device.readable.filter { isReadable($0, by: device) } }
    }
  }

  /// What may take a right away.
  private static let narrowing: Set<RecordKind> = [
    .participant, .withholding, .erasure, .consent, .vouching, .breakGlass,
  ]

  /// Carries out what the machine says; what it tells anybody is held against what is known.
  private func post(_ actions: [TenantMachine.Action]) throws {
    for action in actions {
      switch action {
      case .send(let number, let message):
        let id = number.id
        let bytes: [UInt8] = try message.serializedBytes()
        try check(message, bytes, on: id)
        send(bytes, .toClient, on: id)
      case .authenticated: break
      case .close(let number, let code):
        let id = number.id
        trace.note(at: now, 4, UInt64(id), UInt64(code.rawValue), words: "server: closes \(id), \(code.name)")
        guard network.connections[id].isOpenAtServer else { continue }
        end(id, by: .server)
        serverReceivesLater(.closed(id))
      }
    }
  }

  private func serverReceivesLater(_ input: ServerNode.Input) {
    server.inbox.append(input)
    guard !server.hasTurn else { return }
    server.hasTurn = true
    schedule.add(.serverTurn, at: now + 1)
  }

  private func check(_ message: WireServerMessage, _ bytes: [UInt8], on id: Int) throws {
    let device = devices[network.connections[id].device]
    let actor = network.connections[id].actor ?? device.actor
    // Who forked is nobody until a person has confirmed her.
    let isConfirmed = actor == device.firstActor || oracle.confirmed.contains(actor)
    let isTrusted = isConfirmed && !isRevoked(device)
    try oracle.sent(message, bytes, to: isTrusted ? device.person : nil, at: serverTime)
    guard case .verdicts(let verdicts) = message.body else { return }
    for offset in 0..<UInt64(verdicts.entries) {
      let number = verdicts.firstEntry + offset
      let refusal = verdicts.exceptions.first { $0.entry == number }.map { ErrorCode(rawValue: $0.code) }
      try oracle.said(number, of: actor, refusal: refusal)
    }
  }

  /// Where a process that is to end in the middle of its work ends.
  private func serverStep() throws {
    // A disk that answers no more is a process that is no more, though the store could do without an answer.
    if server.disk.isHalted { throw ProcessEnded() }
    guard let left = server.stepsLeft else { return }
    server.stepsLeft = left - 1
    if left <= 0 {
      server.stepsLeft = nil
      throw ProcessEnded()
    }
  }

  private func entropy() -> ServerSession.Entropy {
    .init(nonce: random.bytes(32), newEpoch: random.identifier(), newDevice: random.identifier())
  }

  // MARK: Beginning and end

  func startServer() throws {
    guard !server.isUp else { return }
    server.process += 1
    // What woke the process before wakes nobody now.
    server.alarm = 0
    server.ledgerTime.value = serverTime
    server.disk.run(as: server.process)
    do {
      let store = try ServerStore(directory: server.directory, keys: server.keys)
      let loaded = try store.load()
      server.store = store
      server.machine = TenantMachine(
        directory: loaded.directory, governing: loaded.governing, position: loaded.position,
        logDigest: store.logDigest, accessChangedAt: loaded.accessChangedAt)
      trace.note(at: now, 5, loaded.position, words: "server: starts at position \(loaded.position)")
      try checkServerKept(store)
      // What stood in the ledger when a commit failed holds. It ends what a group did that is noted only now,
      // and not the other way round.
      var found = CommitGroup(after: oracle.position)
      found.revocations = loaded.directory.revocations.values.sorted { $0.device < $1.device }.filter {
        oracle.endings.firstActors[$0.device].map { oracle.endings.revoked[$0] } != $0.reason
      }
      found.accounts = loaded.directory.accounts.values.filter { $0.endedAt != nil }
      try oracle.noteDevices(in: found)
    } catch let error as StorageError {
      try serverFailed(error)
    }
  }

  /// The disk failed: the process ends, and the next one recovers.
  private func serverFailed(_ error: StorageError) throws {
    guard server.diskIsFaulty, error.isOfDisk else {
      throw Violation(.errors, "server: \(error)")
    }
    trace.note(at: now, 6, words: "server: \(error)")
    endServer(losingPower: false)
  }

  func endServer(losingPower: Bool) {
    trace.note(at: now, 7, losingPower ? 1 : 0, words: "server: ends\(losingPower ? ", power lost" : "")")
    let seed = random.next()
    if losingPower { server.disk.losePower(seed: seed) } else { server.disk.kill() }
    server.store = nil
    server.machine = nil
    server.inbox = []
    server.stepsLeft = nil
    for id in network.connections.indices where network.connections[id].isOpenAtServer {
      close(id, at: .server)
      let time = now + (losingPower ? random.within(100...30_000) : random.within(plan.latency))
      schedule.add(.learn(connection: id, .client), at: time)
    }
    schedule.add(.startServer, at: now + random.within(50...5_000))
  }
}

extension StorageError {
  /// Whether a disk that fails may be the reason.
  var isOfDisk: Bool {
    [.diskFull, .inputOutput, .mustReopen, .notAccessible].contains(code)
  }
}
