import CRDT
import CaseModel
import Replication
import WireProtocol

/// The model's part in setting itself and its server right.
extension ReplicaModel {
  func newestStamped() -> KnownHead? {
    guard let entry = entries.last(where: { $0.verdict != nil }), let verdict = entry.verdict,
      let change = entry.linked.entry.changes.last, let digest = entry.linked.digests.last,
      let seal = verdict.seals.last
    else { return nil }
    return KnownHead(
      record: change.header.record, change: change.header.id, digests: [digest],
      stamp: ChangeStamp(receivedAt: verdict.receivedAt, isAccepted: verdict.refusal == nil, seal: seal))
  }

  func knownHeads(after record: Identifier?, limit: Int, ownOnly: Bool) -> (
    heads: [KnownHead], next: Identifier?
  ) {
    let ids = Set(snapshots.keys).union(pendingChanges.map(\.header.record))
      .union(kept.map(\.change.header.record)).sorted()
      .filter { id in record.map { $0 < id } ?? true }.prefix(limit)
    let heads = ids.flatMap { id -> [KnownHead] in
      var heads: [KnownHead] = []
      let own = entries.filter { $0.verdict == nil }
        .flatMap { zip($0.linked.entry.changes, $0.linked.digests) }
        .filter { $0.0.header.record == id }
      if let last = own.last {
        heads.append(
          KnownHead(
            record: id, change: last.0.header.id, digests: own.reversed().map(\.1), stamp: nil))
      }
      guard !ownOnly else { return heads }
      for head in (snapshots[id]?.heads.values).map({ $0.sorted { $0.id < $1.id } }) ?? [] {
        guard let seal = head.seal else { continue }
        heads.append(
          KnownHead(
            record: id, change: head.id, digests: [head.digest],
            stamp: ChangeStamp(receivedAt: head.receivedAt, isAccepted: head.isAccepted, seal: seal)))
      }
      // What is kept beyond the state waits for what stands before it.
      let chains = Dictionary(grouping: kept.filter { $0.change.header.record == id }) {
        $0.change.header.id.actor
      }
      for chain in chains.values {
        guard let last = chain.max(by: { $0.change.header.id.number < $1.change.header.id.number }),
          last.change.header.id.number > snapshots[id]?.heads[last.change.header.id.actor]?.id.number ?? 0
        else { continue }
        heads.append(
          KnownHead(
            record: id, change: last.change.header.id, digests: [last.digest], stamp: last.stamp))
      }
      return heads
    }
    return (heads, ids.count < limit ? nil : ids.last)
  }

  func keptChanges(upTo head: KnownHead) -> [OfferedChange] {
    kept.filter {
      let header = $0.change.header
      return header.record == head.record && header.id.actor == head.change.actor
        && header.id.number <= head.change.number
    }.sorted { $0.change.header.id.number < $1.change.header.id.number }
  }

  mutating func keep(
    _ change: EncodedChange, _ digest: Digest, isAccepted: Bool, receivedAt: Int64, seal: Seal
  ) {
    let previous = previousDigest(of: change.header)
    guard let previous, !kept.contains(where: { $0.digest == digest }) else { return }
    kept.append(
      OfferedChange(
        change: isAccepted
          ? change : EncodedChange(header: change.header, payload: [], origin: change.origin),
        previous: previous, payloadDigest: isAccepted ? nil : Digest(hashing: change.payload),
        stamp: ChangeStamp(receivedAt: receivedAt, isAccepted: isAccepted, seal: seal)))
  }

  func previousDigest(of header: ChangeHeader) -> Digest? {
    if header.id.number == 1 {
      return Chain.start(tenant: tenant, record: header.record, actor: header.id.actor)
    }
    let before = ChangeID(actor: header.id.actor, number: header.id.number - 1)
    let all = (superseded + entries.map(\.linked)).flatMap { zip($0.entry.changes, $0.digests) }
    if let own = all.last(where: { $0.0.header.record == header.record && $0.0.header.id == before }) {
      return own.1
    }
    let head = snapshots[header.record]?.heads[header.id.actor]
    return head?.id == before ? head?.digest : nil
  }

  /// Lets go of the copies that backups contain.
  mutating func letGo(_ watermark: BackupWatermark) {
    guard watermark.number > watermarks.last?.number ?? 0 else { return }
    watermarks.append(watermark)
    let own = entries.filter { $0.linked.entry.number <= watermark.entries && $0.verdict?.refusal == nil }
      .flatMap(\.linked.digests)
    var gone = Set(own)
    if watermark.coversReceived, !isHealing, !isUnproved, watermark.entries >= reissuedUpTo {
      gone.formUnion(covered)
    }
    if let newest = newestStamped()?.digests.first { gone.remove(newest) }
    kept.removeAll { gone.contains($0.digest) }
  }

  mutating func goOn(after head: JournalHead, having own: UInt64) throws {
    guard journal().entries == own else { throw Fault.gap }
    start = head
    superseded += entries.map(\.linked)
    entries = []
  }

  mutating func heal(_ found: Healed, at now: Int64) throws {
    healings.append(found)
    let pending = entries.filter { $0.verdict == nil }.map(\.linked)
    let healed = found.covering(pending.flatMap(\.entry.changes).map(\.header))
    if healed.succeeds, let key = successor {
      superseded += entries.map(\.linked)
      entries = []
      if let succession = healed.succession { lineage.append(succession) }
      self.key = key
      successor = nil
      actor = Transcript.actor(of: key.publicKey)
      wipeCount = 0
      start = .start(tenant: tenant, actor: actor)
      cursor = []
      generations = generations.mapValues { _ in 0 }
      forgetExitGenerations()
    }
    let reissue = Reissue(
      by: actor, author: membership.account, tenant: tenant, at: now, after: healed)
    let writtenAgain = Set(
      healed.succeeds ? [] : entries.flatMap(\.linked.entry.changes).compactMap(\.header.originDigest))
    for offered in healed.branched
    where !writtenAgain.contains(offered.change.header.originDigest ?? offered.digest) {
      try write(
        [Reissue.Original(change: offered.change, previous: offered.previous, stamp: offered.stamp)],
        by: reissue)
    }
    if healed.succeeds {
      for entry in pending {
        var originals: [Reissue.Original] = []
        for (change, digest) in zip(entry.entry.changes, entry.digests) {
          let header = change.header
          if healed.accepted[header.record]?.contains(header.id.number) ?? false {
            let state = snapshots[header.record]?.state ?? RecordState()
            let stamp = healed.stamps[header.record]?[header.id.number]
            if let stamp {
              keep(change, digest, isAccepted: true, receivedAt: stamp.receivedAt, seal: stamp.seal)
            }
            guard state.isNext(header.id) else { continue }
            try take(change, digest, stamp)
          } else if let previous = previousDigest(of: header) {
            originals.append(Reissue.Original(change: change, previous: previous))
          }
        }
        try write(originals, by: reissue)
      }
    }
    if healed.succeeds { watermarks = [] }
    if healed.succeeds || !healed.branched.isEmpty { reissuedUpTo = self.journal().entries }
    if healed.epoch != epoch || healed.counts.returned > 0 { isUnproved = true }
    epoch = healed.epoch
    isHealing = !healed.isWhole
  }

  /// An own change that the server has, though its verdict was lost.
  private mutating func take(_ change: EncodedChange, _ digest: Digest, _ stamp: ChangeStamp?) throws {
    var snapshot = snapshots[change.header.record] ?? RecordSnapshot(record: change.header.record)
    try snapshot.accept(
      try stamp.map { try change.decoded(receivedAt: $0.receivedAt, seal: $0.seal) } ?? change.decoded(),
      creates: change.header.creates,
      head: RecordSnapshot.Head(
        id: change.header.id, digest: digest, receivedAt: stamp?.receivedAt ?? 0, isAccepted: true,
        seal: stamp?.seal))
    snapshots[change.header.record] = snapshot
  }

  mutating func write(_ originals: [Reissue.Original], by reissue: Reissue) throws {
    guard !originals.isEmpty else { return }
    var written: [(change: EncodedChange, digest: Digest)] = []
    for original in originals {
      let record = original.record
      let earlier = written.last { $0.change.header.record == record }
      let number = earlier?.change.header.id.number ?? shown(record).version[actor]
      let head = number == 0 ? nil : (number: number, digest: earlier?.digest ?? lastDigest(in: record))
      written.append(reissue.change(original, after: head))
    }
    let journal = journal().appending(changes: written.map(\.digest))
    entries.append(
      Entry(
        linked: LinkedEntry(
          entry: JournalEntry(number: journal.entries, changes: written.map(\.change)),
          digests: written.map(\.digest), journal: journal)))
  }

  /// Writes again what waits for something that has come back since.
  mutating func reissueAwaiting(at now: Int64) throws {
    let reissue = Reissue(by: actor, author: membership.account, tenant: tenant, at: now, after: nil)
    for linked in awaiting where linked.entry.changes.allSatisfy({ isBack($0.header) }) {
      awaiting.removeAll { $0 == linked }
      superseded.append(linked)
      try write(
        zip(linked.entry.changes, linked.digests).compactMap { change, _ in
          previousDigest(of: change.header).map { Reissue.Original(change: change, previous: $0) }
        }, by: reissue)
    }
  }

  private func isBack(_ header: ChangeHeader) -> Bool {
    func delivered(_ record: Identifier) -> RecordSnapshot? {
      guard generations[record, default: 0] > 0, snapshots[record]?.facts != nil else { return nil }
      return snapshots[record]
    }
    if let creates = header.creates {
      guard let caseID = creates.caseID, caseID != header.record else { return true }
      return delivered(caseID) != nil
    }
    return delivered(header.record)?.state.version
      .contains(header.version.replacing(header.id.actor, by: 0)) ?? false
  }

  /// Something of the entry has its effect under another name: what else it holds is written again.
  mutating func supersede(_ linked: LinkedEntry, _ verdict: EntryVerdict) {
    let reissue = Reissue(
      by: actor, author: membership.account, tenant: tenant, at: verdict.receivedAt, after: nil)
    let others = linked.entry.changes.enumerated().filter { $0.offset != Int(verdict.refusal?.change ?? 0) }
    try? write(
      others.compactMap { other in
        previousDigest(of: other.element.header).map {
          Reissue.Original(change: other.element, previous: $0)
        }
      }, by: reissue)
  }
}
