import CRDT
import WireProtocol

/// What an entry gets for its verdict, and what is noted with it.
extension GroupStage {
  /// What was said of an earlier entry; `nil` when none was.
  func judged(_ entry: UInt64, of actor: ActorID) throws -> JudgedEntry? {
    if let staged = group.entries.last(where: { $0.actor == actor && $0.journal.entries == entry }) {
      return staged
    }
    return try source.verdict(on: entry, of: actor)
  }

  /// A retry gets the verdict that the entry got before; another entry under its number shows that the
  /// journal forked.
  func earlierVerdict(on entry: LinkedEntry, of actor: ActorID) throws -> EntryVerdict {
    guard let judged = try judged(entry.entry.number, of: actor), judged.journal == entry.journal else {
      throw ProtocolError(.forked)
    }
    return judged.verdict
  }

  /// Makes the numbers of an entry void that is refused, or waits for a person.
  ///
  /// - Throws: `ProtocolError` `FORKED` when one of them was used; then nothing of it is staged.
  mutating func void(
    _ entry: LinkedEntry, because refusal: EntryVerdict.Refusal
  ) throws -> EntryVerdict {
    if let verdict = try verdictFromLedger(on: entry, otherwise: refusal) { return verdict }
    let refusal = try quarantining(refusal, entry)
    var judged: [JudgedChange] = []
    var saved: [Identifier: RecordSnapshot?] = [:]
    var moved: [Identifier: RecordSnapshot] = [:]
    var logged = 0
    for (index, change) in entry.entry.changes.enumerated() {
      let record = change.header.record
      if source.isErased(record) {
        let known = try erasedDigest(of: change.header.id, in: record)
        guard known ?? entry.digests[index] == entry.digests[index] else { throw ProtocolError(.forked) }
        judged.append(stamp(change, digest: entry.digests[index], at: 0, isAccepted: false))
        continue
      }
      logged += 1
      let before = try moved[record] ?? group.records[record] ?? source.record(record)
      if saved[record] == nil { saved.updateValue(before, forKey: record) }
      var snapshot = before ?? RecordSnapshot(record: record)
      guard snapshot.state.isNext(change.header.id) else { throw ProtocolError(.forked) }
      let stamped = stamp(
        change, digest: entry.digests[index], at: group.position + UInt64(logged), isAccepted: false)
      try snapshot.void(head: stamped.head)
      moved[record] = snapshot
      judged.append(stamped)
    }
    let kept = logged == judged.count ? judged : judged.filter(\.isLogged)
    if refusal.kind != .refused {
      try quarantine(entry, judged, because: refusal)
    }
    if !refusal.isQuarantined, saved.contains(where: { mayGovern($0.key, $0.value, with: entry) }) {
      keep(kept, after: ends(before: kept, in: saved))
    }
    group.records.merge(moved) { _, new in new }
    for one in judged where !one.isLogged {
      let header = one.change.header
      group.erasedChanges.append(
        ErasedChange(record: header.record, change: header.id, digest: one.digest))
    }
    return note(entry, judged, logged: kept, refusal: refusal)
  }

  /// - Parameter logged: of the changes those that stand in the log; all unless told.
  mutating func note(
    _ entry: LinkedEntry, _ judged: [JudgedChange], logged: [JudgedChange]? = nil,
    refusal: EntryVerdict.Refusal?
  ) -> EntryVerdict {
    let verdict = EntryVerdict(
      entry: entry.entry.number, refusal: refusal, receivedAt: receivedAt, seals: judged.map(\.seal))
    log(logged ?? judged)
    note(verdict, on: entry)
    return verdict
  }

  mutating func note(_ verdict: EntryVerdict, on entry: LinkedEntry) {
    guard let actor = entry.entry.changes.first?.header.id.actor else { return }
    group.entries.append(JudgedEntry(actor: actor, journal: entry.journal, verdict: verdict))
  }
}
