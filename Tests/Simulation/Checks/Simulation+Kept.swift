import CRDT
import Replication
import Storage
import WireProtocol

/// After a crash: what was promised is there.
extension Simulation {
  /// The server has what it committed, and of a group whose commit did not end all or nothing, or what the
  /// ledger keeps of it.
  func checkServerKept(_ store: ServerStore) throws {
    try checkFilesKept(store)
    if let group = server.uncertain, store.position == group.position, group.position > oracle.position,
      try group.entries.allSatisfy({ try store.verdict(on: $0.verdict.entry, of: $0.actor) != nil })
    {
      try noteCommitted(group)
    } else if store.position > oracle.position {
      for group in server.perhapsLedgered + [server.uncertain].compactMap({ $0 }) {
        try noteLedgered(group, store)
      }
      try oracle.refuseErased()
    }
    server.uncertain = nil
    server.perhapsLedgered = []
    guard store.position == oracle.position else {
      throw Violation(.durability, "the server was at \(oracle.position), and is at \(store.position)")
    }
    for (entry, refusal) in oracle.said {
      guard let judged = try store.verdict(on: entry.number, of: entry.actor),
        judged.verdict.refusal?.code == refusal
      else { throw Violation(.durability, "a verdict is gone, entry \(entry.number) of \(entry.actor)") }
    }
    try checkErased(store)
    try checkOpeningsKept(store)
    for (name, outcome) in oracle.waiting.decided {
      let known = try store.quarantineDecision(name)?.outcome
      let isKept =
        switch outcome {
        case .accepted: known == .accepted
        case .refused(let reason): known == .refused(reason)
        }
      guard isKept else { throw Violation(.durability, "the decision on \(name) is gone") }
    }
    for name in oracle.waiting.works.keys where try store.quarantinedChanges(name) == nil {
      throw Violation(.durability, "\(name) waits, and is gone")
    }
    for place in oracle.passedOn {
      let item = oracle.log[place]
      guard try store.digest(of: item.id, in: item.record) == item.digest else {
        throw Violation(.durability, "\(item.id) of \(item.record) was passed on and is gone")
      }
    }
  }

  /// What governs is taken back from the ledger where the database does not have it; its devices were told
  /// nothing, and push it again.
  private func noteLedgered(_ group: CommitGroup, _ store: ServerStore) throws {
    var taken = CommitGroup(after: oracle.position)
    for kept in group.governing {
      let header = kept.change.header
      guard let judged = group.changes.first(where: { $0.digest == kept.digest }),
        // Several groups may have failed with the same change; the ledger has one of them.
        try store.changes(of: header.record, after: 0).contains(where: {
          $0.header.id == header.id && $0.receivedAt == judged.receivedAt
        }),
        try store.digest(of: header.id, in: header.record) == kept.digest,
        !oracle.isPlaced(kept.change.header)
      else { continue }
      taken.position += 1
      taken.changes.append(
        JudgedChange(
          position: taken.position, change: judged.change, digest: judged.digest,
          receivedAt: judged.receivedAt, isAccepted: judged.isAccepted, seal: judged.seal))
    }
    guard !taken.changes.isEmpty else { return }
    trace.note(
      at: now, 8, taken.position, words: "server: takes \(taken.changes.count) changes from its ledger")
    try noteCommitted(taken)
  }

  /// The device has what it saved, and says of it what is so.
  func checkDeviceKept(_ device: DeviceNode, _ store: ReplicaStore) throws {
    try takeRewritten(device, store)
    try noteLost(device, store)
    try takeBack(device, store)
    let count = UInt64(device.model.entries.count)
    let journal = try store.journal()
    let attempt = device.model.attempt
    if journal.entries == count + 1, let attempt {
      let found = try store.pendingEntries(after: count, limit: 1)
      let operations = try found.first?.entry.changes.map { try $0.decoded().operations } ?? []
      guard operations == attempt.operations else {
        throw Violation(.values, "\(device.name) has an entry that nobody wrote")
      }
      try saved(found, device)
    }
    device.model.attempt = nil
    let last = device.model.entries.last?.linked.journal
    guard journal.entries == UInt64(device.model.entries.count), last == nil || last == journal else {
      throw Violation(
        .durability, "\(device.name) saved \(device.model.entries.count) entries, and has \(journal.entries)")
    }
    let judged = journal.entries - UInt64(try store.status().pendingEntries)
    guard judged >= device.model.judgedAtLeast, judged <= device.model.judgedAtMost else {
      throw Violation(
        .durability,
        "\(device.name) had verdicts up to \(device.model.judgedAtLeast), and has them up to \(judged)")
    }
    device.model.judgedAtMost = judged
    try checkOpeningsWait(device, store)
    try checkFiles(device, store)
    try checkStatus(device, store)
  }

  /// What was sent while the disk took it, and the disk has not, the server may have: as if the device had
  /// been put back.
  private func noteLost(_ device: DeviceNode, _ store: ReplicaStore) throws {
    let sent = device.model.sentEarly
    device.model.sentEarly = []
    guard !sent.isEmpty, try store.journal().entries == UInt64(device.model.entries.count) else { return }
    device.model.isRestored = true
    device.model.putAside.append(device.model.entries + sent)
  }

  /// A device that was put back or copied, and has written nothing since, gets from the server what was saved
  /// under its name after that: here or on the other machine.
  func takeBack(_ device: DeviceNode, _ store: ReplicaStore) throws {
    let model = device.model
    let journal = try store.journal()
    guard model.isRestored, journal.entries > model.entries.count, try store.status().pendingEntries == 0
    else { return }
    // Another that has it may have been put back since.
    let others = devices.filter { $0 !== device }.map { $0.model.journal(of: model.actor) }
    let aside = devices.flatMap(\.model.putAside)
    let number = Int(clamping: journal.entries)
    let source = (others + aside).first { entries in
      entries.dropFirst(number - 1).first?.linked.journal == journal
    }
    guard let source else { return }
    device.model.entries += source[model.entries.count..<number]
    // The server had judged all of it.
    (device.model.judgedAtLeast, device.model.judgedAtMost) = (journal.entries, journal.entries)
  }
}
