import CRDT
import CaseModel
import Replication
import WireProtocol

/// What is looked at once a right has ended, and a server that is set back behind that.
extension EndedRightWorld {
  // MARK: Looking

  /// What is wrong once all have settled.
  func look() {
    lookAtVerdicts()
    if !shown.isEmpty { problems.append("\(shown.count) records are still shown") }
    let owed = exchange.server.store.exits(of: station.actor).count
    if owed > 0 { problems.append("\(owed) receipts are owed") }
    for text in after where Bytes.occurs(text, in: station.received) {
      problems.append("\(text) was sent")
    }
    problems += station.faults
    tally.schedules = 1
  }

  /// What the device has of the child's records that others wrote.
  var shown: [Identifier] {
    station.replica.snapshots.values.filter { snapshot in
      snapshot.facts?.about == [child] && snapshot.facts?.kind == noteKind
        && snapshot.creator != station.replica.membership.account
    }.map(\.record)
  }

  private var noteKind: UInt32 { RecordKind.note.rawValue }

  /// Whatever was written has a verdict; what was accepted came while the right stood; what was refused is
  /// with its author, with the reason.
  private func lookAtVerdicts() {
    guard let ended else { return problems.append("the right did not end") }
    let entries = station.replica.entries
    if !station.replica.awaiting.isEmpty { problems.append("work waits") }
    for entry in entries {
      guard let verdict = entry.verdict else {
        problems.append("entry \(entry.linked.entry.number) has no verdict")
        continue
      }
      guard let code = verdict.refusal?.code else {
        tally.accepted += 1
        let positions = exchange.server.store.log.filter { entry.linked.digests.contains($0.digest) }
        // From whom a person is withheld may still write about her, and does not read it.
        let isLate =
          ending != .personWithheld
          && positions.contains {
            ending == .timeOver ? $0.receivedAt >= until : $0.position > ended.position
          }
        if positions.isEmpty { problems.append("an accepted entry is not in the log") }
        if isLate { problems.append("an entry was accepted after the right had ended") }
        continue
      }
      tally.refused += 1
      if ![.notAvailable, .forbidden].contains(code) {
        problems.append("an entry was refused: \(code.name)")
      }
      if entry.linked.entry.changes.allSatisfy({ $0.payload.isEmpty }) {
        problems.append("what was refused is not there any more")
      }
    }
  }

  // MARK: A server that is restored

  /// A copy of the server as it is before the right ends.
  func copy() -> ServerModel { exchange.server }

  /// Sets the server back to a copy, with what the ledger knows of exits and rights or without it.
  ///
  /// - Parameter forgotten: kinds of records that the ledger lacks.
  func restore(
    _ copy: ServerModel, withLedger: Bool, besides forgotten: Set<RecordKind> = []
  ) throws {
    let before = exchange.server.store
    exchange.server = copy
    exchange.server.now = max(exchange.server.now, ended?.at ?? 0)
    exchange.server.restart(seed: random.next())
    guard withLedger else {
      try exchange.server.beginEpoch()
      return exchange.server.beginRecovery()
    }
    var group = CommitGroup(
      after: exchange.server.store.position,
      logDigest: exchange.server.store.logDigest(at: exchange.server.store.position) ?? LogDigest.start)
    for (actor, records) in before.exits.merging(
      before.wiped, uniquingKeysWith: { $0.merging($1) { max($0, $1) } })
    {
      group.exits += records.filter { exchange.server.store.records[$0.key] != nil }
        .map { DeviceRecord(actor: actor, held: HeldRecord(record: $0.key, generation: $0.value)) }
    }
    try exchange.server.store.apply(group)
    let lost = try exchange.server.restore(
      before.ledgered.filter { change in
        let kind = before.records[change.change.header.record]?.facts?.kind
        return kind.map { !forgotten.contains(RecordKind(rawValue: $0)) } ?? true
      })
    if !lost.isEmpty { problems.append("\(lost.count) changes of rights are lost") }
  }

  /// The device connects before anybody has given back what ended the right.
  func reconnect() throws {
    for _ in 0..<2 { try exchange.sync(station) }
    if !shown.isEmpty { tally.cameBack = 1 }
  }

  /// A leader connects, and ends a recovery where there is one.
  func endRecovery() throws {
    for _ in 0..<2 { try exchange.sync(house.leader) }
    guard exchange.server.directory.isInRecovery else { return }
    try exchange.connect(house.leader)
    exchange.run()
    try exchange.endRecovery(by: house.leader)
    exchange.run()
    exchange.cut(house.leader)
  }

  /// Everything of the case is gone from the device, and the server knows.
  func lookAfterRestore() {
    if !shown.isEmpty { problems.append("\(shown.count) records are there again") }
    let owed = exchange.server.store.exits(of: station.actor).count
    if owed > 0 { problems.append("\(owed) receipts are owed") }
    let texts = exchange.server.store.records.values.compactMap { snapshot -> String? in
      snapshot.facts?.kind == noteKind ? snapshot.state.text(Field.Note.text.id).string : nil
    }
    if !texts.contains("before") { problems.append("work is lost") }
    problems += station.faults
    tally.schedules = 1
  }
}
