import CRDT
import CaseModel
import WireProtocol

/// What is neither accepted nor refused: it was allowed as far as its author could know; a person decides.
extension GroupStage {
  /// Whether an entry that policy refuses is to wait for a person instead: each of its changes would have
  /// been allowed at one time since its device surely knew what governs. What governs access itself never
  /// waits: it is a proposal, and refused.
  ///
  /// - Returns: the refusal, or what the entry waits for.
  func quarantining(
    _ refusal: EntryVerdict.Refusal, _ entry: LinkedEntry
  ) throws -> EntryVerdict.Refusal {
    guard let actor = entry.entry.changes.first?.header.id.actor else { return refusal }
    if !refusal.isHeld {
      guard Self.waitingCodes.contains(refusal.code), try namesErased(entry) == false,
        let device = device(actor), let account = account(device.account),
        try wasAllowed(entry, to: account, on: device)
      else { return refusal }
    }
    let load = directory.quarantine.load(of: actor)
    let bytes = entry.entry.changes.reduce(0) { $0 + $1.packedByteCountMax }
    guard load.entries < Limits.quarantinedEntries, load.bytes + bytes <= Limits.quarantinedBytes,
      bytes <= Limits.stateBytes
    else { return EntryVerdict.Refusal(code: .quarantineFull, change: refusal.change) }
    return EntryVerdict.Refusal(
      code: refusal.code, change: refusal.change, refusal.isHeld ? .held : .quarantined)
  }

  /// What was erased, or is with this group, nothing waits for: it could not be kept.
  private func namesErased(_ entry: LinkedEntry) throws -> Bool {
    try entry.entry.changes.contains { change in
      let record = change.header.record
      if source.isErased(record) { return true }
      guard let home = try reference(record)?.caseID ?? change.header.creates?.caseID else {
        return governing.isErasedFromRegister(record)
      }
      return governing.isErased(record, in: home)
    }
  }

  /// For what work may wait: rights that ended, or the end of the device that it was written on, or that
  /// nobody has confirmed that one.
  private static let waitingCodes: Set<ErrorCode> = [.notAvailable, .forbidden, .accessEnded, .notConfirmed]

  /// Keeps an entry that waits, once its numbers are void.
  mutating func quarantine(
    _ entry: LinkedEntry, _ judged: [JudgedChange], because refusal: EntryVerdict.Refusal
  ) throws {
    guard let actor = judged.first?.change.header.id.actor, let device = device(actor),
      let account = account(device.account)
    else { return }
    let changes = try judged.enumerated().map { index, change in
      let earlier = judged[..<index].last { $0.change.header.record == change.change.header.record }
      return OfferedChange(
        change: change.change, previous: try earlier?.digest ?? previous(of: change),
        stamp: ChangeStamp(receivedAt: change.receivedAt, isAccepted: false, seal: change.seal))
    }
    let waiting = try QuarantinedEntry(
      name: QuarantineName(actor: actor, entry: entry.entry.number), account: account.id,
      person: account.person, receivedAt: receivedAt, code: refusal.code, changes: changes
    ) { try reference($0) ?? directory.quarantine.reference(to: $0, by: account.id) }
    // What stands for something that is held, and is held again, takes its place.
    let earlier = Set(waiting.digests.flatMap { directory.quarantine.entries(with: $0) })
    for held in earlier.sorted(by: { $0.name < $1.name })
    where waiting.isHeld && held.isHeld && Set(waiting.digests).isSuperset(of: held.digests) {
      decide(QuarantineDecision(name: held.name, outcome: .accepted, decidedAt: receivedAt))
    }
    group.quarantine.added.append(QuarantineWrites.Added(entry: waiting, changes: changes))
    quarantine(waiting)
  }

  private func previous(of judged: JudgedChange) throws -> Digest {
    let header = judged.change.header
    guard header.id.number > 1 else {
      return Chain.start(tenant: tenant, record: header.record, actor: header.id.actor)
    }
    let before = ChangeID(actor: header.id.actor, number: header.id.number - 1)
    guard let digest = try digest(of: before, in: header.record) else { throw ProtocolError(.retry) }
    return digest
  }

  // MARK: Was it allowed?

  private func wasAllowed(_ entry: LinkedEntry, to account: Account, on device: Device) throws -> Bool {
    var wishes: [Wish] = []
    for change in entry.entry.changes {
      let header = change.header
      guard header.author == account.id, isOwn(change, device.actor),
        let operations = try? Payload(encoded: change.payload).operations
      else { return false }
      let known = try reference(header.record)
      let wish = Wish(
        header: header, operations: operations,
        reference: known ?? directory.quarantine.reference(to: header.record, by: account.id)
          ?? wishes.first { $0.header.record == header.record && $0.header.creates != nil }?
          .created(by: account.person))
      // What was created meanwhile under its name, or never was, is no question of rights.
      guard wish.isWhole, !wish.governs else { return false }
      wishes.append(wish)
    }
    let position = try contact(device.actor)?.position ?? 0
    let contactAt = position == 0 ? 0 : try source.receivedAt(position) ?? 0
    // Whoever changes a record has had it, so not before it was there. Else a guess at the name of one that
    // was created after a right ended would be told from a guess at nothing.
    let since = max(contactAt, wishes.compactMap(\.changedSince).max() ?? 0)
    let homes = Set(wishes.compactMap { $0.home.map { governing.caseID(ofAlias: $0) ?? $0 } })
    // More than one case: each has a past of its own, and an entry is written at one time.
    guard let caseID = homes.first, homes.count == 1 else { return false }
    return try pastStates(of: caseID, for: account, since: since).contains { past in
      wishes.allSatisfy { $0.isAllowed(to: account, of: tenant, at: past.instant, in: past.governing) }
    }
  }

  /// Whether a change is its author's own, under an actor before if not under this one.
  private func isOwn(_ change: EncodedChange, _ actor: ActorID) -> Bool {
    guard let digest = change.header.originDigest else { return change.origin == nil }
    return change.origin.map { $0.stamp == nil && mayBring($0, digest, by: actor) } ?? false
  }

  /// What one change wants.
  private struct Wish {
    let header: ChangeHeader
    let operations: [Operation]
    /// The record that it is to change.
    let reference: RecordReference?

    /// When the record that it changes was received; `nil` where it creates one.
    var changedSince: Int64? { header.creates == nil ? reference?.receivedAt : nil }

    var isWhole: Bool { header.creates != nil || reference != nil }
    var home: Identifier? { reference?.caseID ?? header.creates?.caseID }
    var governs: Bool {
      (reference?.kind ?? header.creates.map { RecordKind(rawValue: $0.kind) })?.governsAccess ?? true
    }

    func created(by person: Identifier) -> RecordReference? {
      header.creates?.reference(creating: header.record, by: person)
    }

    func isAllowed(
      to account: Account, of tenant: Identifier, at instant: Int64, in governing: GoverningState
    ) -> Bool {
      let admission = Admission(
        account: account, tenant: tenant, governing: governing, creator: nil, at: instant,
        awaited: VersionVector(), isAwaited: { _ in false })
      return admission.isAllowed(header, operations, reference: header.creates == nil ? reference : nil)
    }
  }

  // MARK: Deciding

  /// Whether a change brings in what waits for a person, by somebody who decides on it.
  func isDecision(_ change: EncodedChange, by account: Account) -> Bool {
    guard let digest = change.header.originDigest else { return false }
    return directory.quarantine.entries(with: digest).contains { mayDecide(account.person, on: $0) }
  }

  private func mayDecide(_ person: Identifier, on waiting: QuarantinedEntry) -> Bool {
    guard let author = account(waiting.account)?.person, waiting.isForDecision(at: receivedAt) else {
      return false
    }
    return governing.mayDecide(
      person, on: waiting.references, by: author, waitingSince: waiting.forDecisionFrom, at: receivedAt)
  }

  /// A change was accepted, or one that stands for it: what waits is decided once that holds of each of its
  /// changes.
  mutating func settle(_ digest: Digest) {
    for waiting in directory.quarantine.entries(with: digest) where hasEffect(waiting) {
      decide(QuarantineDecision(name: waiting.name, outcome: .accepted, decidedAt: receivedAt))
    }
  }

  /// Whether all that waits is in the log already. The original of what a forked device wrote again may be
  /// there as itself, from a copy of the device.
  private func hasEffect(_ waiting: QuarantinedEntry) -> Bool {
    if waiting.digests.allSatisfy(isTaken) { return true }
    guard let changes = try? source.quarantinedChanges(waiting.name) else { return false }
    return zip(waiting.digests, changes).allSatisfy { digest, offered in
      guard !isTaken(digest), let original = offered.change.origin?.header else { return isTaken(digest) }
      return (try? self.digest(of: original.id, in: original.record)) == digest
        && (try? isAccepted(original.id, in: original.record)) == true
    }
  }

  /// Somebody refuses what waits, or takes back what is held of hers.
  ///
  /// - Throws: `ProtocolError` `NOT_AVAILABLE` when there is nothing, or not for this person.
  mutating func refuse(_ name: QuarantineName, because reason: QuarantineReason, by actor: ActorID) throws {
    guard let device = device(actor), device.isConfirmed, let account = account(device.account),
      let waiting = directory.quarantine.entries[name]
    else { throw ProtocolError(.notAvailable) }
    if waiting.isHeld, waiting.account == account.id {
      return decide(
        QuarantineDecision(name: name, outcome: .refused(.withdrawn), decidedAt: receivedAt))
    }
    guard mayDecide(account.person, on: waiting) else { throw ProtocolError(.notAvailable) }
    let reason = reason == .withdrawn ? QuarantineReason.other : reason
    decide(QuarantineDecision(name: name, outcome: .refused(reason), decidedAt: receivedAt))
  }

  mutating func decide(_ decision: QuarantineDecision) {
    group.quarantine.decided.append(decision)
    settleQuarantine(decision.name)
  }

  // MARK: Contact

  /// A device opens a session: what it will push from now on was written with at least this knowledge.
  mutating func noteContact(_ presented: Presented, judged: UInt64) throws {
    let unknown = DeviceContact(actor: presented.actor, position: 0, entries: 0, covered: 0)
    var contact = try contact(presented.actor) ?? unknown
    let cursor = try? directory.tenant.stampKey.openCursor(presented.cursor, actor: presented.actor)
    let covered = cursor.flatMap { $0.epoch == directory.tenant.epoch ? $0.position : nil } ?? 0
    contact.open(judged: judged, written: presented.journal.entries, covered: covered)
    group.quarantine.contacts.append(contact)
  }

  /// A device goes on under another actor, which writes again what the old one has not pushed.
  mutating func passContact(from old: ActorID, to new: ActorID) throws {
    let position = try contact(old)?.position ?? 0
    group.quarantine.contacts.append(
      DeviceContact(actor: new, position: position, entries: Limits.highestNumber, covered: 0))
  }

  private func contact(_ actor: ActorID) throws -> DeviceContact? {
    try group.quarantine.contacts.last { $0.actor == actor } ?? source.contact(of: actor)
  }
}
