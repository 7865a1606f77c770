import CRDT
import CaseModel
import WireProtocol

/// What devices hold, and what of it they are to wipe.
extension GroupStage {
  /// A device says what it holds: one that has lost where it stands, or goes on under another actor, or
  /// whose confirmation was lost.
  mutating func list(_ records: [HeldRecord], by actor: ActorID) {
    group.listed += records.map { DeviceRecord(actor: actor, held: $0) }
  }

  /// A device says what it has wiped.
  ///
  /// - Throws: `ProtocolError`: `BAD_SIGNATURE`, `MALFORMED`.
  mutating func receive(_ message: WireReceipt, from actor: ActorID) throws {
    guard var device = device(actor) else { throw ProtocolError(.unknownDevice) }
    let receipt = try Receipt(message, from: device, of: tenant)
    device.wipes = max(device.wipes, receipt.wipes)
    update(device)
    group.receipts.append(receipt)
    group.ledger.append(.receipted(receipt))
  }

  /// Decides what a device is to wipe since time has passed: rights may have ended although nobody wrote
  /// anything.
  private mutating func review(_ actor: ActorID) throws {
    guard let person = person(of: actor) else { return }
    // By a clock that was ahead other rights stood than now, also where none has changed up to now. Where it
    // is the end of time, something was left to be asked for.
    let last = try source.reviewedUpTo(actor) ?? .min
    // What the group itself wrote may hide what time took before it.
    let next = [formerly, governing].compactMap { $0.nextChange(for: person, after: last) }.min()
    guard last > receivedAt || next.map({ $0 <= receivedAt }) == true else { return }
    group.reviews[actor] = receivedAt
    try decideExits(of: actor, person, among: source.held(by: actor, in: nil))
  }

  /// Decides what devices are to wipe, as things stand after all that was submitted: what was just confirmed
  /// or listed, and what is held by those whose rights changed, whether they are connected or not. Not before
  /// the end: what was taken and given again within one group was not taken, and nobody would send it anew.
  ///
  /// - Complexity: O(what was confirmed and listed, and what those whose rights changed hold of the cases
  ///   concerned)
  mutating func decideExits() throws {
    try decideErasures()
    // A server that lost its ledger does not know what was decided since its backup.
    guard !directory.isInRecovery else { return }
    let confirmed = group.holdings.map {
      DeviceRecord(actor: $0.actor, held: HeldRecord(record: $0.record, generation: $0.generation))
    }
    for one in confirmed + group.listed + keptByCreators() {
      guard let person = person(of: one.actor), let reference = try reference(one.held.record)
      else { continue }
      let held = HeldReference(reference: reference, generation: one.held.generation)
      decideExits(of: one.actor, person, among: [held])
    }
    for actor in reviewed { try review(actor) }
    try decideExitsFromRegister()
    let revoked = try decideExitsOfRevoked()
    guard !affectedPersons.isEmpty else { return }
    // What lies under an alias of a case is read by right of a part in the case.
    let homes = affectedCases.union(affectedCases.flatMap(governing.aliases))
    for actor in directory.devices.keys.sorted() {
      guard let device = device(actor), !device.isRetired, let person = person(of: actor),
        affectedPersons.contains(person), !revoked.contains(actor)
      else { continue }
      let concerned = affectedEverywhere.contains(person) ? nil : homes
      try decideExitsOfGroup(of: actor, person, among: source.held(by: actor, in: concerned))
    }
  }

  /// Decides what a device is to wipe since the group took it from its person.
  ///
  /// What time took before is left to its own instant, or to when the device follows, as if nobody had
  /// written anything: from an order to wipe what its person may read again, an offline device could tell
  /// that something was written in between which she may not read (decision 45). Then all that it holds is
  /// asked for, since what governs by then need not show any more that time took something.
  private mutating func decideExitsOfGroup(
    of actor: ActorID, _ person: Identifier, among held: [HeldReference]
  ) {
    var taken: [HeldReference] = []
    for one in held where !group.exits.contains(DeviceRecord(actor: actor, held: one.held)) {
      let reference = (try? reference(one.reference.id)) ?? one.reference
      guard !may(person, .read, reference, at: receivedAt, in: governing).isAllowed else { continue }
      if may(person, .read, one.reference, at: receivedAt, in: formerly).isAllowed {
        taken.append(one)
      } else {
        group.reviews[actor] = .max
      }
    }
    decideExits(of: actor, person, among: taken)
  }

  /// What was created where void changes of others stood before: its creator is sent all of it if she may
  /// read it. Who brought in what waited need not: she decided on it, and is not to keep it.
  private func keptByCreators() -> [DeviceRecord] {
    createdOverVoids.sorted().compactMap { record in
      let creation = group.changes.last {
        $0.isAccepted && $0.change.header.record == record && $0.change.header.creates != nil
      }
      return creation.map {
        DeviceRecord(actor: $0.change.header.id.actor, held: HeldRecord(record: record, generation: 1))
      }
    }
  }

  /// A device whose access ended is to wipe all that it holds, under whatever actor it may come.
  ///
  /// - Returns: its actors.
  private mutating func decideExitsOfRevoked() throws -> Set<ActorID> {
    guard !group.revocations.isEmpty else { return [] }
    let ids = Set(group.revocations.map(\.device))
    let known = directory.devices.keys.sorted().compactMap(device)
    let revoked = known.filter { ids.contains($0.id) && !$0.isRetired }.map(\.actor)
    for actor in revoked {
      guard let person = person(of: actor) else { continue }
      try decideExits(of: actor, person, among: source.held(by: actor, in: nil))
    }
    return Set(revoked)
  }

  mutating func decideExits(
    of actor: ActorID, _ person: Identifier, among held: [HeldReference]
  ) {
    let isRevoked = device(actor).map { revocation(of: $0) != nil } ?? false
    var exits: [HeldRecord] = []
    for one in held where !group.exits.contains(DeviceRecord(actor: actor, held: one.held)) {
      let reference = (try? reference(one.reference.id)) ?? one.reference
      let verdict = may(person, .read, reference, at: receivedAt, in: governing)
      guard isRevoked || !verdict.isAllowed else { continue }
      exits.append(one.held)
      note(
        .exit(record: one.held.record, generation: max(one.held.generation, 1)),
        rule: isRevoked ? DeliveredRow.accessEnded : verdict.rule.rawValue, for: actor)
    }
    guard !exits.isEmpty else { return }
    group.decidedAt = receivedAt
    group.exits += exits.map { DeviceRecord(actor: actor, held: $0) }
    group.ledger.append(
      .exited(actor, exits.map { LedgerEvent.Enter(record: $0.record, generation: $0.generation) }))
  }

  func person(of actor: ActorID) -> Identifier? {
    device(actor).flatMap { account($0.account) }?.person
  }

  /// What policy needs to know of a record, as it stands after the group.
  func reference(_ id: Identifier) throws -> RecordReference? {
    guard let staged = group.records[id] else { return try source.reference(id) }
    return staged.reference { account($0)?.person }
  }
}
