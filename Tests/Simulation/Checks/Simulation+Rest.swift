import CRDT
import CaseModel
import Replication
import Storage
import WireProtocol

/// In the end, when nothing has broken for long enough.
extension Simulation {
  func checkAtRest() throws {
    guard let store = server.store, server.machine != nil else {
      throw Violation(.progress, "the server does not run")
    }
    for device in devices { try checkDone(device) }
    try checkVerdicts(store)
    try checkValues(store)
    try checkGivenBack()
    for device in devices where device.isShutOut == nil && device.digits == nil {
      try checkConverged(device, store)
    }
    for device in devices where device.isShutOut == nil { try checkScope(device) }
    try checkOpened()
    try checkAuthority()
    for device in devices { try checkEnded(device) }
    for device in devices where isRevoked(device) && device.isEnrolled && device.isShutOut != .codeRefused {
      guard try device.store?.meta().accessEnded != nil else {
        throw Violation(.progress, "\(device.name) was not told that its access ended")
      }
    }
    let report = store.verify()
    guard report.isSound else { throw Violation(.soundness, "the server: \(report.findings)") }
    for device in devices {
      guard let report = try device.store?.verify(), !report.isSound else { continue }
      throw Violation(.soundness, "\(device.name): \(report.findings)")
    }
    try checkServerKept(store)
  }

  /// Nothing waits at a device.
  private func checkDone(_ device: DeviceNode) throws {
    if let store = device.store { try checkStatus(device, store) }
    guard device.isShutOut == nil else { return }
    guard device.isUp, device.isEnrolled, device.isCaughtUp, let store = device.store else {
      throw Violation(.progress, "\(device.name) has not caught up")
    }
    let pending = try store.status().pendingEntries
    guard pending == 0 else {
      throw Violation(.progress, "\(pending) entries of \(device.name) wait for ever")
    }
    try checkFilesDone(device, store)
    try checkOpeningsDone(device, store)
    try checkDecided(device, store)
  }

  /// What waited and was decided, its author knows; and nothing waits for whoever decides.
  private func checkDecided(_ device: DeviceNode, _ store: ReplicaStore) throws {
    guard device.digits == nil else { return }
    let waiting = Set(try store.quarantined())
    if let name = waiting.first(where: { oracle.waiting.works[$0] == nil }) {
      throw Violation(.status, "\(device.name) takes \(name) to wait, and it was decided")
    }
    if !device.model.isRestored {
      let names = device.model.entries.map {
        QuarantineName(actor: device.actor, entry: $0.linked.entry.number)
      }
      let own = Set(names.filter { oracle.waiting.works[$0] != nil })
      guard waiting == own else {
        throw Violation(.status, "\(device.name) does not list what of its own waits")
      }
      let refused = try store.refused().filter { $0.refusal.code == .declined }
      let declined = names.filter { name in
        if case .refused? = oracle.waiting.decided[name] { true } else { false }
      }
      guard refused.count == declined.count else {
        throw Violation(
          .status, "\(device.name) lists \(refused.count) declined entries of \(declined.count)")
      }
    }
    guard plan.operations.contains(.decision) else { return }
    for (name, work) in oracle.waiting.works.sorted(by: { $0.key < $1.key })
    where oracle.mayDecide(device.person, on: work, at: serverTime, isLate: false) {
      throw Violation(.progress, "\(name) waits for \(device.name) for ever")
    }
  }

  /// Every act came to what it had to.
  private func checkVerdicts(_ store: ServerStore) throws {
    for device in devices {
      for entry in device.model.entries {
        guard let judged = try store.verdict(on: entry.linked.entry.number, of: device.actor) else {
          if device.isShutOut != nil { continue }
          throw Violation(.progress, "an entry of \(device.name) has no verdict")
        }
        guard judged.journal == entry.linked.journal else {
          if device.isShutOut != nil { continue }
          throw Violation(.values, "another entry stands in the place of one of \(device.name)")
        }
        let code = judged.verdict.refusal?.code
        // A copy may have brought it in before.
        let isTaken = code == .alreadyTaken && device.model.isRestored
        let isAgain = code == .causality && device.model.isWrittenAgain(entry.linked)
        // It was written again when a server that was set back had what it builds on.
        let isAwaited = code == .awaited && server.setBacks > 0
        let isLate = isRevoked(device) && (code == .accessEnded || code == .quarantineFull)
        guard
          isTaken || isAgain || isAwaited || isLate || (code == .erased && wasErased(entry.linked))
            || entry.expectation.allows(code)
        else {
          throw Violation(
            .verdicts,
            "entry \(entry.linked.entry.number) of \(device.name) was \(code?.name ?? "accepted"), not "
              + "\(entry.expectation)")
        }
        if code == .alreadyTaken {
          try checkTaken(entry.linked, device)
          continue
        }
        for change in entry.linked.entry.changes {
          // What comes for what was erased is not logged.
          if code != nil, oracle.readers.erased.contains(change.header.record) { continue }
          let name = Oracle.RecordChange(record: change.header.record, id: change.header.id)
          guard let place = oracle.places[name], oracle.log[place].isAccepted == (code == nil) else {
            throw Violation(.values, "\(change.header.id) of \(change.header.record) is not in the log")
          }
        }
      }
    }
  }

  /// Whether an entry is about what two persons had erased, or named before it was there.
  private func wasErased(_ entry: LinkedEntry) -> Bool {
    entry.entry.changes.map(\.header.record).contains { record in
      oracle.readers.erased.contains(record)
        || oracle.isNamedByErasure(record, in: oracle.facts[record]?.home)
    }
  }

  /// What is there already is, under another name, or is written again with what is there not.
  private func checkTaken(_ entry: LinkedEntry, _ device: DeviceNode) throws {
    let later = device.model.entries.filter { $0.linked.entry.number > entry.entry.number }
      .flatMap(\.linked.entry.changes).compactMap(\.header.originDigest)
    for (change, digest) in zip(entry.entry.changes, entry.digests) {
      let original = change.header.originDigest ?? digest
      guard oracle.isInLog(original) || later.contains(original) else {
        throw Violation(.values, "\(change.header.id) of \(device.name) is said to be there, and is not")
      }
    }
  }

  /// Every record is what its accepted changes make, and nothing else.
  private func checkValues(_ store: ServerStore) throws {
    let items = Dictionary(grouping: oracle.log, by: \.record)
    for (id, items) in items.sorted(by: { $0.key < $1.key }) where !oracle.readers.erased.contains(id) {
      let accepted = items.filter(\.isAccepted).compactMap { item in
        oracle.written[item.digest].map {
          NaiveRecord.Accepted(change: $0, receivedAt: item.receivedAt)
        }
      }
      let expected = NaiveRecord(accepted: accepted).standing
      guard let state = try store.record(id)?.state else {
        throw Violation(.values, "\(id) is not there")
      }
      guard Self.standing(in: state) == expected else {
        throw Violation(.values, "\(id) is not what was written in it")
      }
      guard items.allSatisfy({ state.version.contains($0.id) }) else {
        throw Violation(.values, "\(id) does not count what it took in")
      }
    }
  }

  private static func standing(in state: RecordState) -> [NaiveRecord.Standing] {
    state.fields.keys.sorted().flatMap { key in
      state.operations(key.field, key.kind).map { live in
        NaiveRecord.Standing(
          field: key.field, kind: key.kind, dot: live.dot, value: live.value,
          shownAt: min(
            live.context.origin?.writtenAt ?? live.context.writtenAt, live.context.receivedAt ?? .max))
      }
    }
  }

  /// Those from outside may read what they were given, and the server knows it: both rules say the same.
  private func checkOpened() throws {
    guard let governing = server.machine?.governing else { return }
    for person in [household.professional, household.parents[0]] {
      for record in oracle.created.sorted() {
        guard let facts = oracle.facts[record], facts.home != nil else { continue }
        let isOpen = oracle.readers.mayRead(person, record, facts.kind, home: facts.home, at: serverTime)
        guard isOpen == isAllowed(person, record, facts, governing) else {
          throw Violation(
            .access, "\(record) is \(isOpen ? "" : "not ")for \(person), and the server denies it")
        }
      }
    }
  }

  /// Who decides up to which amount: both rules say the same.
  private func checkAuthority() throws {
    guard let governing = server.machine?.governing else { return }
    let amounts = Set(oracle.decisions.limits.values.map(\.amount)).sorted().flatMap { [$0, $0 + 1] }
    for (person, role) in oracle.readers.roles.sorted(by: { $0.key < $1.key }) {
      for matter in Self.matters {
        for amount in amounts {
          let isHers = oracle.decisions.decides(person, role, .text(matter), amount)
          let route = governing.authority(of: person, on: matter, amount: amount, at: serverTime)
          guard isHers == (route != .visitation) else {
            throw Violation(.access, "\(person) decides on \(amount) by one rule and not by the other")
          }
        }
      }
    }
  }

  /// The device has nothing that its person may not read, confirmed or not.
  private func checkScope(_ device: DeviceNode) throws {
    for record in try device.store?.records() ?? []
    where oracle.created.contains(record.id) && !isReadable(record.id, by: device) {
      throw Violation(.access, "\(device.name) still has \(record.id)")
    }
    let owed = try server.store?.exits(of: device.actor) ?? []
    guard owed.isEmpty else {
      throw Violation(.access, "\(device.name) gave no receipt for \(owed.map(\.record))")
    }
  }

  /// The device has what its person may read, as the server has it.
  private func checkConverged(_ device: DeviceNode, _ store: ServerStore) throws {
    guard let replica = device.store else { return }
    for record in try replica.records() where !oracle.created.contains(record.id) {
      throw Violation(.values, "\(device.name) shows \(record.id), whose creation was not accepted")
    }
    for id in oracle.created.sorted() {
      guard isReadable(id, by: device), let theirs = try store.record(id)?.state else { continue }
      guard let own = try replica.record(id) else {
        throw Violation(.convergence, "\(device.name) does not have \(id)")
      }
      guard own.state == theirs else {
        throw Violation(.convergence, "\(device.name) has \(id) otherwise than the server")
      }
    }
  }
}
