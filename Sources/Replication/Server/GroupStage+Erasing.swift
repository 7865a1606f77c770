import CRDT
import CaseModel
import WireProtocol

/// What two persons had erased: its key goes with the group that takes their word, and whatever comes for it
/// later is refused without being kept.
extension GroupStage {
  /// Destroys the keys of what was erased with the group, and settles what waited for a decision on it.
  ///
  /// - Complexity: O(what was ever erased in the cases that the group governs, and from the register where it
  ///   says what is)
  mutating func decideErasures() throws {
    var records: [Identifier] = []
    for caseID in affectedCases.sorted() {
      records += try governing.erasedRecords(of: caseID).filter { try isToErase($0, in: caseID) }
    }
    if changesErasures {
      records += try governing.erasedFromRegister.filter { try isToErase($0, in: nil) }
    }
    guard !records.isEmpty else { return }
    group.decidedAt = receivedAt
    group.ledger.append(.keysDestroyed(records))
    for record in records { forgetName(of: record) }
    let erased = Set(records)
    for waiting in directory.quarantine.entries.values.sorted(by: { $0.name < $1.name })
    where waiting.references.contains(where: { erased.contains($0.id) }) {
      decide(
        QuarantineDecision(name: waiting.name, outcome: .refused(.erased), decidedAt: receivedAt))
    }
  }

  /// Whether a record that an erasure names is one of its case, or of the register, of a kind that is erased
  /// there, and is still there.
  private func isToErase(_ record: Identifier, in caseID: Identifier?) throws -> Bool {
    guard !source.isErased(record), let reference = try reference(record) else { return false }
    guard let caseID else { return reference.caseID == nil && reference.kind.isErasedFromRegister }
    guard reference.kind.isErasedFromCase, let home = reference.caseID else { return false }
    return home == caseID || governing.caseID(ofAlias: home) == caseID
  }

  /// Who had an account goes by her number from here on: the account and its codes have her name as well.
  private mutating func forgetName(of person: Identifier) {
    // The directory has forgotten the codes that expired; the store has them still.
    group.erasedPersons.append(person)
    if let account = accountOf(person: person), !account.personName.isEmpty {
      group.accounts.append(account.nameless)
    }
    let named = Set(directory.codes.keys).union(group.codes.map(\.id)).sorted().compactMap(code)
    for code in named where code.person == person && !code.personName.isEmpty { update(code.nameless) }
  }

  /// What was erased from the register leaves every device that holds it. The rights to the rest of the
  /// register did not change, so nothing else is looked at.
  mutating func decideExitsFromRegister() throws {
    guard changesErasures else { return }
    let erased = Set(governing.erasedFromRegister)
    guard !erased.isEmpty else { return }
    for actor in directory.devices.keys.sorted() {
      guard let device = device(actor), !device.isRetired, let person = person(of: actor) else { continue }
      let held = try source.held(by: actor, in: nil)
      decideExits(of: actor, person, among: held.filter { erased.contains($0.reference.id) })
    }
  }

  /// The refusal of an entry that changes a record which was erased; `nil` when it does not.
  func refusalOfErased(_ entry: LinkedEntry, by account: Account) throws -> EntryVerdict.Refusal? {
    let place = entry.entry.changes.firstIndex { source.isErased($0.header.record) }
    guard let place else { return nil }
    let known = try reference(entry.entry.changes[place].header.record)
    // Whoever might not have read it is not told that it ever was.
    let reading = known.map { may(account.person, .read, $0, at: receivedAt, in: governing) }
    let isTold = reading.map { $0.isAllowed || $0.rule == .erased } ?? false
    return EntryVerdict.Refusal(code: isTold ? .erased : .notAvailable, change: UInt32(place))
  }

  /// The digest of a change that was refused since its record was erased, and committed or staged.
  func erasedDigest(of change: ChangeID, in record: Identifier) throws -> Digest? {
    let staged = group.erasedChanges.last { $0.record == record && $0.change == change }
    return try staged?.digest ?? source.digest(of: change, in: record)
  }
}
