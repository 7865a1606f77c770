import CRDT
import Replication
import WireProtocol

/// The model's part in what waits for a person's decision.
extension ReplicaModel {
  func quarantined() -> [QuarantineName] { waiting.map(\.name) }

  mutating func apply(_ decisions: [QuarantineDecision]) throws {
    for decision in decisions {
      guard let place = waiting.firstIndex(where: { $0.name == decision.name }) else { continue }
      let linked = waiting[place].linked
      switch decision.outcome {
      case .waiting: continue
      case .accepted: superseded.append(linked)
      case .refused(let reason): declined[decision.name] = reason
      case .unknown:
        superseded.append(linked)
        try write(originals(of: linked), by: reissue(at: 0))
      }
      waiting.remove(at: place)
    }
  }

  /// Brings in what waited for this person.
  mutating func accept(_ entry: ReceivedQuarantine, at now: Int64) throws {
    try write(
      entry.changes.map { Reissue.Original(change: $0.change, previous: $0.previous) }, by: reissue(at: now))
  }

  private func reissue(at now: Int64) -> Reissue {
    Reissue(by: actor, author: membership.account, tenant: tenant, at: now, after: nil)
  }

  private func originals(of linked: LinkedEntry) -> [Reissue.Original] {
    linked.entry.changes.compactMap { change in
      previousDigest(of: change.header).map { Reissue.Original(change: change, previous: $0) }
    }
  }
}
