public import CRDT
import CaseModel
import WireProtocol

/// What the ledger keeps of what governs access, so that a server which is set back does not forget it, and
/// how that comes back.
///
/// Kept are whole entries, since an entry is taken in whole; and what was refused of a record that governs,
/// or of which nobody knows yet whether it will: a chain has no gaps.
extension GroupStage {
  /// Keeps judged changes for the ledger.
  ///
  /// - Parameter previous: the digest that each chains to.
  mutating func keep(_ judged: [JudgedChange], after previous: [Digest]) {
    group.governing += zip(judged, previous).map { OfferedChange($0, after: $1) }
  }

  /// The digests that an entry's changes chain to.
  ///
  /// - Parameter saved: the records that it moves, as they stood before it.
  func ends(before judged: [JudgedChange], in saved: [Identifier: RecordSnapshot?]) -> [Digest] {
    judged.enumerated().map { index, one in
      let (record, actor) = (one.change.header.record, one.change.header.id.actor)
      if let earlier = judged[..<index].last(where: { $0.change.header.record == record }) {
        return earlier.digest
      }
      let before = saved[record].flatMap { $0 } ?? RecordSnapshot(record: record)
      return before.digest(of: actor, tenant: tenant)
    }
  }

  /// Whether a record governs access, or may turn out to once it is created.
  func mayGovern(_ record: Identifier, _ before: RecordSnapshot?, with entry: LinkedEntry) -> Bool {
    let created = entry.entry.changes.first { $0.header.record == record && $0.header.creates != nil }
    return (before?.facts ?? created?.header.creates)?.governAccess ?? true
  }

  /// The verdict on an entry of which the log has changes already, and the journal nothing: the ledger had it
  /// when a commit was cut off, and gave back what did not stand behind others of that commit. Its device was
  /// told nothing, and pushes it again; the rest comes to what the entry came to.
  ///
  /// - Parameter refusal: why it is refused now. What was void stays so.
  /// - Returns: `nil` when the log has nothing of it.
  /// - Throws: `ProtocolError` `FORKED` when a number of the rest was used.
  mutating func verdictFromLedger(
    on entry: LinkedEntry, otherwise refusal: EntryVerdict.Refusal
  ) throws -> EntryVerdict? {
    let stored = try zip(entry.entry.changes, entry.digests).map { try untold($0, $1) }
    let known = stored.compactMap(\.self)
    guard let first = known.first,
      known.allSatisfy({ $0.isAccepted == first.isAccepted && $0.receivedAt == first.receivedAt })
    else { return nil }
    let standing = first.isAccepted ? nil : try self.refusal(of: entry, first.seal) ?? refusal
    let before = self
    var seals: [Seal] = []
    do {
      for (index, change) in entry.entry.changes.enumerated() {
        seals.append(try stored[index]?.seal ?? complete(change, entry.digests[index], like: first))
      }
    } catch {
      self = before
      throw error
    }
    let verdict = EntryVerdict(
      entry: entry.entry.number, refusal: standing, receivedAt: first.receivedAt, seals: seals)
    note(verdict, on: entry)
    group.told.formUnion(entry.digests)
    return verdict
  }

  /// What the log has of a change whose device was not told.
  private func untold(_ change: EncodedChange, _ digest: Digest) throws -> ChangeStamp? {
    guard source.isUntold(digest), !source.isErased(change.header.record), !group.told.contains(digest) else {
      return nil
    }
    let stored = try source.changes(of: change.header.record, after: 0).first {
      $0.header.id == change.header.id
    }
    return stored.map {
      ChangeStamp(receivedAt: $0.receivedAt, isAccepted: $0.voidDigest == nil, seal: $0.seal)
    }
  }

  /// Takes in what the ledger could not give back of an entry. It was judged with the rest of it.
  private mutating func complete(
    _ change: EncodedChange, _ digest: Digest, like first: ChangeStamp
  ) throws -> Seal {
    let header = change.header
    if source.isErased(header.record) {
      group.erasedChanges.append(
        ErasedChange(record: header.record, change: header.id, digest: digest))
      return stamp(change, digest: digest, at: 0, isAccepted: false, receivedAt: first.receivedAt).seal
    }
    let known = try group.records[header.record] ?? source.record(header.record)
    let snapshot = known ?? RecordSnapshot(record: header.record)
    guard snapshot.state.isNext(header.id) else { throw ProtocolError(.forked) }
    let judged = stamp(
      change, digest: digest, at: group.position + 1, isAccepted: first.isAccepted,
      receivedAt: first.receivedAt)
    let decoded =
      first.isAccepted ? try change.decoded(receivedAt: judged.receivedAt, seal: judged.seal) : nil
    try takeIn(judged, decoded, over: snapshot)
    return judged.seal
  }

  /// Puts a change with the verdict that it once had behind the log, with all that comes of it.
  mutating func takeIn(_ judged: JudgedChange, _ decoded: Change?, over before: RecordSnapshot) throws {
    let header = judged.change.header
    var snapshot = before
    if let decoded {
      try snapshot.accept(decoded, creates: header.creates, head: judged.head)
    } else {
      try snapshot.void(head: judged.head)
    }
    group.records[header.record] = snapshot
    if snapshot.facts?.governAccess == true { govern(by: snapshot) }
    if before.facts == nil, snapshot.facts != nil { created.insert(header.record) }
    log([judged])
  }

  /// Why an entry is refused, but for its numbers being used up.
  private func refusal(of entry: LinkedEntry, _ seal: Seal) throws -> EntryVerdict.Refusal? {
    guard let actor = entry.entry.changes.first?.header.id.actor, let device = device(actor),
      let account = account(device.account)
    else { return nil }
    for (index, change) in entry.entry.changes.enumerated() {
      let record = change.header.record
      if source.isErased(record) { return EntryVerdict.Refusal(code: .erased, change: UInt32(index)) }
      let snapshot = try group.records[record] ?? source.record(record) ?? RecordSnapshot(record: record)
      let finding = try admission(of: account, to: snapshot).judge(change, sealed: seal, on: snapshot)
      if case .refused(let code) = finding, code != .causality {
        return EntryVerdict.Refusal(code: code, change: UInt32(index))
      }
    }
    return nil
  }

  /// Takes back what a ledger has of what governs and the log has not, and decides which devices are to wipe
  /// what because of it, before anybody connects.
  ///
  /// - Parameters:
  ///   - changes: in the ledger's order.
  ///   - epochs: epochs that the log had forgotten, and the one that begins; none where none begins.
  /// - Returns: the places of accepted changes of what governs that have no effect in the log all the same:
  ///   it has something else in their places, or lacks what they chain to.
  public mutating func replay(_ changes: [OfferedChange], in epochs: [Identifier]) throws -> [Int] {
    if let epoch = epochs.last { begin(epoch, after: epochs.dropLast()) }
    let outcomes = try take(back: changes, isLedgered: true)
    try decideExits()
    return try outcomes.indices.filter { index in
      guard changes[index].stamp.isAccepted,
        ![.offerTaken, .offerThere, .offerStands].contains(outcomes[index])
      else { return false }
      let header = changes[index].change.header
      let known = try group.records[header.record] ?? source.record(header.record)
      return (known?.facts ?? header.creates)?.governAccess ?? true
    }
  }
}

extension OfferedChange {
  /// A judged change, as it could be offered.
  init(_ judged: JudgedChange, after previous: Digest) {
    let stamp = ChangeStamp(receivedAt: judged.receivedAt, isAccepted: judged.isAccepted, seal: judged.seal)
    guard !judged.isAccepted else {
      self.init(change: judged.change, previous: previous, stamp: stamp)
      return
    }
    self.init(
      change: EncodedChange(header: judged.change.header, payload: [], origin: judged.change.origin),
      previous: previous,
      payloadDigest: judged.payloadDigest ?? Digest(hashing: judged.change.payload), stamp: stamp)
  }
}

extension RecordFacts {
  /// Whether the record decides who may do what.
  var governAccess: Bool { RecordKind(rawValue: kind).governsAccess }
}
