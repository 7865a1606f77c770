import CRDT
import WireProtocol

/// How an entry is judged: each of its changes by what may be done as it stands in the group.
extension GroupStage {
  struct Refused: Error {
    let refusal: EntryVerdict.Refusal
  }

  mutating func judge(
    _ entry: LinkedEntry, by account: Account, saving saved: inout [Identifier: RecordSnapshot?]
  ) throws -> EntryVerdict {
    var judged: [JudgedChange] = []
    judged.reserveCapacity(entry.entry.changes.count)
    var governs = false
    var held: EntryVerdict.Refusal?
    for (index, change) in entry.entry.changes.enumerated() {
      if held == nil, try isWidened(change, by: account) { held = Self.holding(index) }
      let record = change.header.record
      let before = try group.records[record] ?? source.record(record)
      if saved[record] == nil { saved.updateValue(before, forKey: record) }
      var snapshot = before ?? RecordSnapshot(record: record)
      if let code = try refusal(of: change, entry.digests[index]) {
        throw Refused(refusal: EntryVerdict.Refusal(code: code, change: UInt32(index)))
      }
      let stamped = stamp(
        change, digest: entry.digests[index], at: group.position + UInt64(index) + 1, isAccepted: true)
      let isDecision = isDecision(change, by: account)
      switch try admission(of: account, to: snapshot).judge(
        change, sealed: stamped.seal, on: snapshot, isDecision: isDecision)
      {
      case .refused(let code):
        let isHeld = try code == .causality && (held != nil || buildsOnHeld(change, by: account))
        throw Refused(
          refusal: isHeld
            ? held ?? Self.holding(index) : EntryVerdict.Refusal(code: code, change: UInt32(index)))
      case .accepted(let decoded):
        try snapshot.accept(decoded, creates: change.header.creates, head: stamped.head)
        group.records[record] = snapshot
        if snapshot.facts?.governAccess == true {
          governs = true
          govern(by: snapshot)
        }
        judged.append(stamped)
      }
    }
    if let held, try entry.entry.changes.contains(where: decides) == false { throw Refused(refusal: held) }
    for (record, before) in saved where before?.facts == nil {
      create(record, by: judged, over: before)
    }
    // Whole, so that it can be taken back whole.
    if governs { keep(judged, after: ends(before: judged, in: saved)) }
    return note(entry, judged, refusal: nil)
  }

  /// Judges an entry of one change, as most are: nothing of it has to be taken back when it is refused, so
  /// the record is changed in place.
  ///
  /// - Returns: `nil` for an entry of several changes.
  mutating func judgeAlone(_ entry: LinkedEntry, by account: Account) throws -> EntryVerdict? {
    guard entry.entry.changes.count == 1, let change = entry.entry.changes.first,
      let digest = entry.digests.first
    else { return nil }
    if let code = try refusal(of: change, digest) {
      return try void(entry, because: EntryVerdict.Refusal(code: code, change: 0))
    }
    let record = change.header.record
    let awaited = try source.awaited(in: record)
    let isWidened = try isWidened(change, by: account)
    let stamped = stamp(change, digest: digest, at: group.position + 1, isAccepted: true)
    // Taken out, so that changing it copies nothing.
    let wasStaged = group.records[record] != nil
    var snapshot =
      try group.records.removeValue(forKey: record) ?? source.record(record) ?? RecordSnapshot(record: record)
    let isDecision = isDecision(change, by: account)
    switch admission(of: account, to: snapshot, awaited).judge(
      change, sealed: stamped.seal, on: snapshot, isDecision: isDecision)
    {
    case .refused(let code):
      if wasStaged { group.records[record] = snapshot }
      let isHeld = try code == .causality && (isWidened || buildsOnHeld(change, by: account))
      return try void(
        entry, because: isHeld ? Self.holding(0) : EntryVerdict.Refusal(code: code, change: 0))
    case .accepted where isWidened:
      if wasStaged { group.records[record] = snapshot }
      return try void(entry, because: Self.holding(0))
    case .accepted(let decoded):
      let before = snapshot.facts == nil ? snapshot : nil
      defer { group.records[record] = snapshot }
      let governs = (snapshot.facts ?? change.header.creates)?.governAccess == true
      let previous = governs ? snapshot.digest(of: change.header.id.actor, tenant: tenant) : nil
      try snapshot.accept(decoded, creates: change.header.creates, head: stamped.head)
      if let previous {
        govern(by: snapshot)
        keep([stamped], after: [previous])
      }
      if let before { create(record, by: [stamped], over: before) }
      return note(entry, [stamped], refusal: nil)
    }
  }

  func admission(of account: Account, to snapshot: RecordSnapshot) throws -> Admission {
    admission(of: account, to: snapshot, try source.awaited(in: snapshot.record))
  }

  private func admission(
    of account: Account, to snapshot: RecordSnapshot, _ awaited: VersionVector
  ) -> Admission {
    let source = source
    return Admission(
      account: account, tenant: directory.tenant.id, governing: governing,
      creator: snapshot.creator.flatMap { directory.accounts[$0]?.person }, at: receivedAt, awaited: awaited,
      isAwaited: { (try? source.awaited(in: $0).isEmpty) == false })
  }

  /// Notes that an accepted entry created a record: the device that did holds it, unless it is to be sent
  /// what others tried under the same name before.
  private mutating func create(
    _ record: Identifier, by judged: [JudgedChange], over before: RecordSnapshot?
  ) {
    created.insert(record)
    guard let actor = judged.first?.change.header.id.actor else { return }
    guard before?.heads.keys.allSatisfy({ $0 == actor }) ?? true else {
      createdOverVoids.insert(record)
      return
    }
    hold([Holding(actor: actor, record: record, generation: 1, position: group.position)])
  }
}
