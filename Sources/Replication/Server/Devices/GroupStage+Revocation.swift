public import CRDT
public import CaseModel
import WireProtocol

/// Ending the access of devices and persons.
extension GroupStage {
  /// What somebody wants to end.
  public struct RevocationWish: Hashable, Sendable {
    /// Whose access.
    public enum Subject: Hashable, Sendable {
      /// That of one device.
      case device(Identifier)
      /// That of a person, with all her devices.
      case person(Identifier)
    }

    /// Whose access.
    public let subject: Subject
    /// Why.
    public let reason: RevocationReason
  }

  /// The revocation of a device as it stands in the group; `nil` when it was not revoked.
  func revocation(of device: Device) -> Revocation? {
    group.revocations.last { $0.device == device.id } ?? directory.revocations[device.id]
  }

  /// Whether a device may be sent content: a person confirmed it, and nobody revoked it.
  func isTrusted(_ device: Device) -> Bool { device.isConfirmed && revocation(of: device) == nil }

  /// The device of an actor, where it was reported stolen: nothing that it says counts.
  func stolen(_ presented: Presented) -> Device? {
    // One that the server has forgotten goes on from one that it knows.
    let actors = [presented.actor] + presented.forgotten.map(\.predecessor)
    guard let known = actors.lazy.compactMap(device).first, revocation(of: known)?.reason == .stolen else {
      return nil
    }
    return known
  }

  /// Ends the access of a device, or of a person with all her devices.
  ///
  /// One whose access ended may still be reported stolen; otherwise what ended stays as it is.
  ///
  /// - Returns: how many devices it ended.
  /// - Throws: `ProtocolError` `NOT_PERMITTED`, whatever is wrong: what is not there and what is somebody
  ///   else's look alike.
  mutating func revoke(_ wish: RevocationWish, by actor: ActorID) throws -> Int {
    guard !directory.isInRecovery else { throw ProtocolError(.inRecovery) }
    guard let asking = device(actor), isTrusted(asking), let own = account(asking.account),
      let account = subject(of: wish), reasons(for: own, to: account, wish).contains(wish.reason)
    else { throw ProtocolError(.notPermitted) }
    let ids =
      switch wish.subject {
      case .device(let id): [id]
      case .person: devices(of: account.id)
      }
    let ended = ids.filter { id in
      guard let known = group.revocations.last(where: { $0.device == id }) ?? directory.revocations[id] else {
        return true
      }
      return wish.reason == .stolen && known.reason != .stolen
    }
    let endsAccount = if case .person = wish.subject { account.endedAt == nil } else { false }
    guard !ended.isEmpty || endsAccount else { return 0 }
    guard account.role != .leader || isLedWithout(Set(ids)) else { throw ProtocolError(.notPermitted) }
    end(
      AccessEnd(
        devices: ended, reason: wish.reason, account: endsAccount ? account.id : nil, person: account.person,
        actor: actor))
    return ended.count
  }

  private func subject(of wish: RevocationWish) -> Account? {
    switch wish.subject {
    case .device(let id):
      directory.devices.values.first { $0.id == id }.flatMap { account($0.account) }
        ?? group.devices.values.first { $0.id == id }.flatMap { account($0.account) }
    case .person(let person): accountOf(person: person)
    }
  }

  private func reasons(
    for own: Account, to other: Account, _ wish: RevocationWish
  ) -> Set<RevocationReason> {
    if own.id == other.id {
      if case .device = wish.subject { return EndingRule.ownReasons }
      return []
    }
    let mayEnd = EndingRule.mayEnd(
      own.person, other.person, in: other.role, invitedBy: other.inviter, in: governing)
    return mayEnd ? EndingRule.reasonsOfOthers : []
  }

  /// The devices of an account, whatever became of them.
  ///
  /// - Complexity: O(devices of the tenant)
  func devices(of account: Identifier) -> [Identifier] {
    var ids: Set<Identifier> = []
    for device in directory.devices.values where device.account == account { ids.insert(device.id) }
    for device in group.devices.values where device.account == account { ids.insert(device.id) }
    return ids.sorted()
  }

  /// Whether a leader is left who can let somebody in: a tenant without one is nobody's.
  private func isLedWithout(_ ids: Set<Identifier>) -> Bool {
    directory.devices.keys.compactMap(device).contains { device in
      guard !ids.contains(device.id), !device.isRetired, isTrusted(device) else { return false }
      return account(device.account).map { $0.role == .leader && $0.endedAt == nil } ?? false
    }
  }

  private mutating func end(_ end: AccessEnd) {
    group.ledger.append(.revoked(end))
    group.revocations += end.devices.map {
      Revocation(device: $0, reason: end.reason, revokedAt: receivedAt)
    }
    if let id = end.account, var account = account(id) {
      account.endedAt = receivedAt
      update(account)
    }
    // Whoever has the device may have asked for codes with it that nobody used yet.
    let open = Set(directory.codes.keys).union(group.codes.map(\.id)).sorted().compactMap(code)
    for var code in open where !code.isUsed && code.isSpoilt(by: end) {
      code.failures = Limits.codeAttempts
      update(code)
    }
  }

  /// The verdict on a new entry of a device whose access ended, or that nobody has confirmed yet; `nil` where
  /// the entry is judged as any other: the device is a trusted one, or a restored server accepted all of it
  /// before.
  ///
  /// It waits for a person where its author might have written it, as far as the device could know; not where
  /// it has its effect already, since a copy of the device handed it over and somebody decided.
  mutating func verdictAfterEnd(on entry: LinkedEntry, of device: Device) throws -> EntryVerdict? {
    let isEnded = revocation(of: device) != nil
    guard isEnded || isUnknown(device),
      let late = entry.entry.changes.firstIndex(where: { $0.origin?.stamp == nil })
    else { return nil }
    // Of what was erased nobody can tell any more whether it had an effect.
    let taken = try zip(entry.entry.changes, entry.digests).enumerated().first { _, change in
      if source.isErased(change.0.header.record) { return false }
      return try refusal(of: change.0, change.1) == .alreadyTaken
    }
    let verdict =
      taken.map { EntryVerdict.Refusal(code: .alreadyTaken, change: UInt32(clamping: $0.offset)) }
      ?? EntryVerdict.Refusal(
        code: isEnded ? .accessEnded : .notConfirmed, change: UInt32(clamping: late))
    return try void(entry, because: verdict)
  }
}

extension PendingCode {
  /// Whether somebody whose access ended asked for the code, or it is for an account that ended.
  fileprivate func isSpoilt(by end: AccessEnd) -> Bool {
    inviter == end.person || end.account != nil && person == end.person
  }
}
