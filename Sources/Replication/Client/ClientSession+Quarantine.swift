import CRDT
import WireProtocol

/// What waits for a person's decision: this person's, or somebody else's about this device's own work.
extension ClientSession {
  /// Asks for what waits for this person.
  public mutating func readQuarantine() throws -> [Action] {
    guard case .open = state else { return [] }
    let listing = QuarantineListing(1 << 33)
    self.quarantineListing = listing
    return [try send { $0.quarantine = listing.request }]
  }

  /// Refuses what waits.
  public mutating func refuse(_ name: QuarantineName, because reason: QuarantineReason) throws -> [Action] {
    guard case .open = state else { return [] }
    return [
      try send {
        $0.quarantineRefusal = .with {
          $0.request = 1 << 34
          $0.name = name.message
          $0.reason = reason.message
        }
      }
    ]
  }

  /// Asks what became of own entries that wait.
  func inquire(from replica: some ReplicaSource) throws -> [Action] {
    let waiting = try replica.quarantined()
    return try stride(from: 0, to: waiting.count, by: Limits.quarantinedEntries).map { start in
      try send {
        $0.quarantineInquiry.entries =
          waiting[start...].prefix(Limits.quarantinedEntries).map(\.message)
      }
    }
  }

  mutating func received(_ page: WireQuarantine) throws -> [Action] {
    guard var listing = quarantineListing else { throw ProtocolError(.unexpected) }
    let isLast = try listing.receive(page)
    self.quarantineListing = isLast ? nil : listing
    return isLast
      ? [.report(.quarantine(listing.entries))] : [try send { $0.quarantine = listing.request }]
  }

  mutating func received(_ message: WireQuarantineDecisions) throws -> [Action] {
    guard message.decisions.count <= Limits.quarantinedEntries else { throw ProtocolError(.limitExceeded) }
    let decisions = try message.decisions.map(QuarantineDecision.init).filter { $0.outcome != .waiting }
    if decisions.isEmpty { return [] }
    // What the server was set back behind is written again.
    guard decisions.contains(where: { $0.outcome == .unknown }) else {
      return [.store(.decisions(decisions))]
    }
    mayHaveRewritten = true
    return [.store(.decisions(decisions)), .resume]
  }

  func received(_ notice: WireQuarantineNotice) -> [Action] {
    [.store(.quarantineWaiting(Int(notice.entries))), .report(.quarantineWaiting(Int(notice.entries)))]
  }
}
