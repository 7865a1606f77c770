import WireProtocol

/// What comes in an open session: verdicts and deliveries, until nothing waits on either side.
extension ClientSession {
  mutating func received(_ message: WireVerdicts, replica: some ReplicaSource) throws -> [Action] {
    let verdicts = try EntryVerdict.list(from: message, epoch: identity.epoch, sizes: unjudged)
    for verdict in verdicts { unjudged[verdict.entry] = nil }
    let cursor = message.cursor.isEmpty ? nil : Array(message.cursor)
    if let last = verdicts.last { outstanding.removeAll { $0 <= last.entry } }
    // New entries are durable already; they need not wait until the verdicts on older ones are.
    var actions = try push(from: replica)
    actions.append(.store(.verdicts(verdicts, cursor: cursor)))
    actions += tellExits()
    if verdicts.contains(where: { $0.refusal?.code == .alreadyTaken }) {
      mayHaveRewritten = true
      return actions + [.resume]
    }
    if outstanding.isEmpty, caughtUp { actions += upToDate() }
    return actions
  }

  /// Nothing waits on either side. A journal of which the server has more goes on after what the server has.
  mutating func upToDate() -> [Action] {
    if isExitOnly { return [.report(.accessEnded)] }
    if isServerInRecovery { return [.report(.serverRecovers)] }
    guard let ahead else { return [.report(.upToDate)] }
    return [.store(.journal(ahead.journal, after: ahead.own)), .resume, .report(.upToDate)]
  }

  /// Deliveries are taken in one after the other: to take in one again would set back what came after it, and
  /// to leave one out would lose what its cursor passes over.
  mutating func received(_ message: WireDelivery, byteCount: Int) throws -> [Action] {
    if message.number <= lastDelivery {
      return [try send { $0.delivered = .with { $0.number = message.number } }]
    }
    guard message.number == lastDelivery + 1 else { throw ProtocolError(.unexpected) }
    let delivery = try ReceivedDelivery(message, epoch: identity.epoch)
    caughtUp = delivery.caughtUp
    lastDelivery = delivery.number
    var actions: [Action] = [.store(.delivery(delivery))]
    unconfirmed.deliveries += 1
    unconfirmed.bytes += byteCount
    if mustConfirm(delivery) {
      actions.append(try send { $0.delivered = .with { $0.number = delivery.number } })
      unconfirmed = (0, 0)
    }
    if outstanding.isEmpty, caughtUp { actions += upToDate() }
    return actions
  }

  /// That a record entered, the server notes. Otherwise a confirmation only keeps its window open, and while
  /// nothing waits for the window, one for several deliveries will do.
  private func mustConfirm(_ delivery: ReceivedDelivery) -> Bool {
    !delivery.enters.isEmpty || !delivery.caughtUp
      || unconfirmed.deliveries >= Limits.outstandingDeliveries / 2
      || unconfirmed.bytes >= Limits.outstandingBytes / 4
  }
}
