public import CRDT
import CaseModel
public import WireProtocol

/// What devices give back to a server that was restored.
extension GroupStage {
  /// Compares what a device knows with the log. What a stamp shows to have been accepted, and the log lacks,
  /// is awaited from now on.
  ///
  /// A device that waits for its confirmation is compared with as well: it may have the only copy.
  public mutating func inventory(_ heads: [KnownHead], of actor: ActorID) throws -> [WireWantedHead] {
    var wanted: [WireWantedHead] = []
    // What was erased is neither wanted back, nor is it told what became of work on it.
    for (index, head) in heads.enumerated() where !source.isErased(head.record) {
      var answer = WireWantedHead()
      answer.index = UInt32(truncatingIfNeeded: index)
      if head.stamp == nil || head.digests.count > 1 {
        guard isOwn(head.change.actor, of: actor) else { continue }
        for (number, stamp) in try accepted(head) {
          answer.accepted.append(number)
          answer.stamps.append(stamp.message)
        }
      }
      // That the log lacks what this server once told the device tells nothing that is new.
      if let stamp = head.stamp, let digest = head.digests.first, isStamped(stamp, digest),
        case let there = try self.digest(of: head.change, in: head.record), there != digest
      {
        answer.wanted = true
        answer.branched = there != nil || isTaken(digest)
        group.awaited.append(AwaitedChange(record: head.record, change: head.change))
      }
      if answer.wanted || !answer.accepted.isEmpty { wanted.append(answer) }
    }
    return wanted
  }

  private func isOwn(_ other: ActorID, of actor: ActorID) -> Bool {
    var ancestor: ActorID? = actor
    while let current = ancestor {
      if current == other { return true }
      ancestor = device(current)?.predecessor
    }
    return false
  }

  /// Which of the listed changes the log has under their own names, and accepted, with their stamps: their
  /// device may have lost the verdicts, and can give back only what it has a stamp for. One that somebody
  /// brought in as an origin is not among them: its name is nothing that a later change may name.
  private func accepted(_ head: KnownHead) throws -> [(number: UInt64, stamp: ChangeStamp)] {
    try head.listed.compactMap { change, digest in
      guard try self.digest(of: change, in: head.record) == digest,
        let stamp = try acceptance(of: change, in: head.record)
      else { return nil }
      return (change.number, stamp)
    }
  }

  /// Takes back changes that the server accepted, or refused, before it was restored: with the same verdicts
  /// and times of receipt, whatever policy says now.
  ///
  /// What names something that the log has other changes for is not taken as it is: it would supersede what
  /// its author never saw.
  ///
  /// - Parameter isLedgered: whether they come from the ledger, so that they need not be written there.
  public mutating func take(
    back offered: [OfferedChange], isLedgered: Bool = false
  ) throws -> [WireOfferOutcome] {
    var branches = Branches()
    return try offered.map { offered in
      let header = offered.change.header
      var outcome = try take(back: offered, unless: branches.concern(header), isLedgered: isLedgered)
      if outcome == .offerWaits, branches.concern(header) { outcome = .offerBranched }
      guard outcome == .offerBranched || outcome == .offerStands else { return outcome }
      let isShared = try isShared(before: offered)
      let known = branches.shared[header.record]?[header.id.actor] ?? 0
      branches.note(header, after: isShared ? header.id.number - 1 : known)
      return outcome == .offerBranched && !isShared ? .offerBranchedEarlier : outcome
    }
  }

  /// Whether the log has what a change chains to: then it leaves the log's chain there, and not before.
  private func isShared(before offered: OfferedChange) throws -> Bool {
    let header = offered.change.header
    guard header.id.number > 1 else { return true }
    let before = ChangeID(actor: header.id.actor, number: header.id.number - 1)
    return try digest(of: before, in: header.record) == offered.previous
  }

  private mutating func take(
    back offered: OfferedChange, unless isBranched: Bool, isLedgered: Bool
  ) throws -> WireOfferOutcome {
    let digest = offered.digest
    guard isStamped(offered.stamp, digest) else { return .offerInvalid }
    return try takeIn(offered, digest, unless: isBranched, from: isLedgered ? .ledger : .device)
  }

  /// Takes in a change that another tenant stamped, and signed for with all that it handed over.
  mutating func take(arrived offered: OfferedChange) throws -> WireOfferOutcome {
    try takeIn(offered, offered.digest, unless: false, from: .otherTenant)
  }

  /// Who had a change that is taken back, or in.
  private enum Keeper {
    case device, ledger, otherTenant
  }

  private mutating func takeIn(
    _ offered: OfferedChange, _ digest: Digest, unless isBranched: Bool, from keeper: Keeper
  ) throws -> WireOfferOutcome {
    let header = offered.change.header
    if try isErased(header) { return try pass(offered) }
    let there = try self.digest(of: header.id, in: header.record)
    if there == digest { return .offerThere }
    // In a log's order what is void comes after what took its place, and has its number all the same.
    if offered.stamp.isAccepted || keeper == .device,
      try isTaken(digest) || standsElsewhere(offered.change)
    {
      return .offerStands
    }
    if there != nil || isBranched { return .offerBranched }
    let snapshot =
      try group.records[header.record] ?? source.record(header.record)
      ?? RecordSnapshot(record: header.record)
    let home = directory.homes[header.id.actor] ?? tenant
    let previous = snapshot.digest(of: header.id.actor, tenant: home)
    // Behind what has its effect under another name nothing comes under its own.
    guard snapshot.state.isNext(header.id) else {
      return isTaken(offered.previous) ? .offerBranched : .offerWaits
    }
    guard offered.previous == previous else { return .offerBranched }
    let judged = stamp(
      offered.change, digest: digest, at: group.position + 1, isAccepted: offered.stamp.isAccepted,
      receivedAt: offered.stamp.receivedAt, payloadDigest: offered.payloadDigest)
    // It decoded when it was accepted; that it does not now, no other attempt would change.
    let decoded = try? offered.change.decoded(receivedAt: judged.receivedAt, seal: judged.seal)
    guard !offered.stamp.isAccepted || decoded != nil else { return .offerInvalid }
    try takeIn(judged, offered.stamp.isAccepted ? decoded : nil, over: snapshot)
    if keeper != .ledger, (group.records[header.record]?.facts ?? header.creates)?.governAccess ?? true {
      keep([judged], after: [offered.previous])
    }
    return .offerTaken
  }

  /// Whether a change is of a record that was erased, here or by a record that governs which came back first.
  private func isErased(_ header: ChangeHeader) throws -> Bool {
    // Of a record that nobody has only the first change tells where it would lie.
    if source.isErased(header.record) || group.keysDestroyed.contains(header.record) { return true }
    let known = try reference(header.record)
    guard let kind = known?.kind ?? header.creates.map({ RecordKind(rawValue: $0.kind) }) else {
      return false
    }
    guard let home = known?.caseID ?? header.creates?.caseID else {
      return kind.isErasedFromRegister && governing.isErasedFromRegister(header.record)
    }
    return kind.isErasedFromCase && governing.isErased(header.record, in: home)
  }

  /// What was erased is not stored again; its number is, so that its author's chain goes on.
  private mutating func pass(_ offered: OfferedChange) throws -> WireOfferOutcome {
    let header = offered.change.header
    if !source.isErased(header.record), !group.keysDestroyed.contains(header.record) {
      group.decidedAt = receivedAt
      group.ledger.append(.keysDestroyed([header.record]))
    }
    if try erasedDigest(of: header.id, in: header.record) == nil {
      group.erasedChanges.append(
        ErasedChange(record: header.record, change: header.id, digest: offered.digest))
    }
    return .offerThere
  }

  /// Whether the log has what a change stands for, as itself or under another name.
  private func standsElsewhere(_ change: EncodedChange) throws -> Bool {
    guard let original = change.header.originDigest else { return false }
    if isTaken(original) { return true }
    guard let header = change.origin?.header else { return false }
    return try digest(of: header.id, in: header.record) == original
      && isAccepted(header.id, in: header.record)
  }
}
