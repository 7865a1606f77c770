import CRDT
import CaseModel
import Replication
import WireProtocol

/// The model's part in what waits for a person's decision.
extension ReplicaModel {
  func quarantined() -> [QuarantineName] { (waiting + held).map(\.name) }

  mutating func apply(_ decisions: [QuarantineDecision]) throws {
    for decision in decisions {
      try applyToHeld(decision)
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

  // MARK: What is held

  /// What is known of who may read a record: what is here, and what was told.
  func audienceSeen(of target: Identifier) -> [AudienceVersion] {
    var seen = told[target] ?? [:]
    let kinds: Set = [RecordKind.release.rawValue, RecordKind.reclassification.rawValue]
    let saying = snapshots.values.filter { $0.facts.map { kinds.contains($0.kind) } ?? false }
    for record in saying.map(\.record) {
      guard let shown = self.record(record), shown.audienceTargets.contains(target) else { continue }
      seen[record, default: VersionVector()].merge(shown.state.version)
    }
    return seen.sorted { $0.key < $1.key }.map { AudienceVersion(record: $0.key, version: $0.value) }
  }

  mutating func hold(_ linked: LinkedEntry, _ audiences: [RecordAudience]) {
    held.append((QuarantineName(actor: actor, entry: linked.entry.number), linked))
    for audience in audiences {
      for seen in audience.versions {
        told[audience.record, default: [:]][seen.record, default: VersionVector()].merge(seen.version)
      }
    }
  }

  /// Confirms the oldest entry that is held.
  mutating func confirmHeld(at now: Int64) throws {
    guard let first = held.first else { throw Fault.unknownEntry }
    held.removeFirst()
    superseded.append(first.linked)
    let originals = first.linked.entry.changes.compactMap { change in
      previousDigest(of: change.header).map {
        Reissue.Original(
          change: change, previous: $0, audienceSeen: audienceConfirmed(change.header.record))
      }
    }
    try write(originals, by: reissue(at: now))
  }

  private func audienceConfirmed(_ record: Identifier) -> [AudienceVersion] {
    guard self.record(record)?.kind == .protectedContact else { return audienceSeen(of: record) }
    return [AudienceVersion(record: record, version: shown(record).version)]
  }

  private mutating func applyToHeld(_ decision: QuarantineDecision) throws {
    guard let place = held.firstIndex(where: { $0.name == decision.name }) else { return }
    let linked = held[place].linked
    switch decision.outcome {
    case .waiting: return
    case .accepted: superseded.append(linked)
    case .refused(let reason): declined[decision.name] = reason
    case .unknown:
      superseded.append(linked)
      try write(originals(of: linked), by: reissue(at: 0))
    }
    held.remove(at: place)
  }

  private func originals(of linked: LinkedEntry) -> [Reissue.Original] {
    linked.entry.changes.compactMap { change in
      previousDigest(of: change.header).map { Reissue.Original(change: change, previous: $0) }
    }
  }
}
