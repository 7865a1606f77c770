public import CRDT
public import CaseModel
public import WireProtocol

/// Judges what the sessions submit between two commits, against the log as it will stand after those before.
///
/// All effects are staged in a `CommitGroup`: when the transaction fails, the stage is dropped whole and
/// nothing has happened. Each entry is a savepoint: a refused one leaves void numbers and nothing else.
public struct GroupStage {
  /// The log, and who may do what in it, as last committed.
  let source: any TenantSource
  private(set) var directory: TenantDirectory
  /// Milliseconds since 1970 by the server's clock: the one time that all of the group was received at.
  public let receivedAt: Int64

  /// What is to be written.
  public internal(set) var group: CommitGroup
  /// Who may do what after the group.
  public private(set) var governing: GoverningState
  /// The records that did not exist before the group.
  public internal(set) var created: Set<Identifier> = []
  /// Of these, those in whose logs void changes of other actors stood already: their creators lack these.
  var createdOverVoids: Set<Identifier> = []
  /// The cases whose governing records the group changed.
  public private(set) var affectedCases: Set<Identifier> = []
  /// The persons whose access that may have changed.
  public private(set) var affectedPersons: Set<Identifier> = []
  /// Those of them whose access the register changed, in all of their cases.
  private(set) var affectedEverywhere: Set<Identifier> = []
  /// Whether anything that governs was changed.
  private(set) var hasGoverned = false
  /// Whether an erasure of the register was proposed or confirmed; also where its entry was taken back, since
  /// what is erased is asked for as it stands in the end.
  private(set) var changesErasures = false
  /// The devices that a person confirmed.
  public internal(set) var confirmed: Set<ActorID> = []
  /// The devices that are to be asked whether their persons' rights ended by the time alone.
  var reviewed: [ActorID] = []
  /// The signatures under what was judged, by their submission. Nothing holds unless they fit.
  private(set) var signatures = PushSignatures()
  /// The digests of rows of what was opened.
  var openedDigests: Set<Digest> = []
  /// The digests of attachments' bytes that came so far, where they are known.
  var uploadDigests: [Identifier: RunningDigest] = [:]

  /// Starts an empty group.
  ///
  /// - Parameters:
  ///   - source: the log as committed.
  ///   - directory: accounts, devices and codes as committed.
  ///   - governing: a state staged from the committed one.
  ///   - position: the log's last position.
  ///   - logDigest: the log's digest at that position.
  ///   - now: milliseconds since 1970 by the server's clock.
  public init(
    source: any TenantSource, directory: TenantDirectory, governing: GoverningState, after position: UInt64,
    logDigest: Digest = LogDigest.start, at now: Int64
  ) {
    self.source = source
    self.directory = directory
    self.governing = governing
    receivedAt = now
    group = CommitGroup(after: position, logDigest: logDigest)
  }

  /// The tenant's id.
  var tenant: Identifier { directory.tenant.id }

  /// An account as it stands in the group.
  func account(_ id: Identifier) -> Account? {
    group.accounts.last { $0.id == id } ?? directory.accounts[id]
  }

  /// The account of a person.
  func accountOf(person: Identifier) -> Account? {
    group.accounts.last { $0.person == person } ?? directory.account(of: person)
  }

  /// Begins a new epoch: the log went back behind what this server said before.
  ///
  /// - Parameter unknown: epochs that the log does not know to have lived in.
  mutating func begin(_ epoch: Identifier, after unknown: [Identifier] = []) {
    for epoch in unknown + [epoch] {
      let start = EpochStart(epoch: epoch, position: group.position)
      group.epochs.append(start)
      group.ledger.append(.epochBegan(start))
      directory.begin(start)
    }
  }

  /// Notes that an entry waits for a person, or that somebody decided on it.
  mutating func quarantine(_ waiting: QuarantinedEntry) { directory.quarantine.add(waiting) }
  mutating func settleQuarantine(_ name: QuarantineName) { directory.quarantine.remove(name) }

  /// Notes in which tenant actors' chains start.
  mutating func noteHomes(of actors: [ActorID], _ home: Identifier) {
    for actor in actors { directory.note(home: home, of: actor) }
  }

  /// Adds an account.
  mutating func add(_ account: Account) {
    group.accounts.append(account)
    governing.setRole(account.standingRole, of: account.person)
    affectedPersons.insert(account.person)
  }

  /// Notes that an account ended, or goes on: in all cases of its person.
  mutating func update(_ account: Account) {
    add(account)
    affectedEverywhere.insert(account.person)
  }

  /// A code as it stands in the group.
  func code(_ id: UInt64) -> PendingCode? { group.codes.last { $0.id == id } ?? directory.codes[id] }

  /// Adds or replaces a code.
  mutating func update(_ code: PendingCode) { group.codes.append(code) }

  /// A device as it stands in the group.
  public func device(_ actor: ActorID) -> Device? { group.devices[actor] ?? directory.devices[actor] }

  /// Notes what changed on a device.
  public mutating func update(_ device: Device) { group.devices[device.actor] = device }

  /// Notes that a device holds records.
  public mutating func hold(_ holdings: [Holding]) { group.holdings += holdings }

  /// Judges a push. Its signature is noted, to be checked before anything of the group holds.
  ///
  /// - Parameter submission: which one of the group it is.
  /// - Returns: one verdict an entry, in order.
  /// - Throws: `ProtocolError` when the push is not well linked; then nothing of it is staged.
  ///   `FORKED` when a new entry goes on under a number that was used; then what stands before it is staged,
  ///   and gets its verdict when it is pushed again.
  mutating func judge(_ push: Push, from actor: ActorID, submission: Int) throws -> [EntryVerdict] {
    guard let device = device(actor), let account = directory.accounts[device.account] else {
      throw ProtocolError(.unknownDevice)
    }
    let linked = try link(push, of: device)
    let key = try VerifyingKey(bytes: device.signingKey)
    signatures.add(
      PushSignatures.One(
        key: key, signature: push.signature, proof: Push.proof(of: linked, after: device.journal),
        tenant: directory.tenant.id, actor: actor), of: submission)
    var verdicts: [EntryVerdict] = []
    verdicts.reserveCapacity(linked.count)
    var journal = device.journal
    var telling = Telling()
    // Whatever ends the push: what is staged of it must be in the journal, or it would be judged twice.
    defer { advance(device, to: journal) }
    for entry in linked {
      if entry.entry.number <= device.journal.entries {
        verdicts.append(try told(earlierVerdict(on: entry, of: actor), on: entry, &telling))
      } else {
        let verdict = try verdictAfterEnd(on: entry, of: device) ?? judge(entry, by: account)
        journal = entry.journal
        verdicts.append(try told(verdict, on: entry, &telling))
      }
    }
    return verdicts
  }

  private mutating func advance(_ device: Device, to journal: JournalHead) {
    guard journal.entries > device.journal.entries else { return }
    var moved = self.device(device.actor) ?? device
    moved.journal = journal
    update(moved)
  }

  // MARK: Verdicts

  /// What was said of an earlier entry; `nil` when none was.
  func judged(_ entry: UInt64, of actor: ActorID) throws -> JudgedEntry? {
    if let staged = group.entries.last(where: { $0.actor == actor && $0.journal.entries == entry }) {
      return staged
    }
    return try source.verdict(on: entry, of: actor)
  }

  /// A retry gets the verdict that the entry got before; another entry under its number shows that the
  /// journal forked.
  private func earlierVerdict(on entry: LinkedEntry, of actor: ActorID) throws -> EntryVerdict {
    guard let judged = try judged(entry.entry.number, of: actor), judged.journal == entry.journal else {
      throw ProtocolError(.forked)
    }
    return judged.verdict
  }

  /// An entry is a savepoint: what is staged of it when it is refused, or when the log cannot be read, is
  /// taken back.
  private mutating func judge(_ entry: LinkedEntry, by account: Account) throws -> EntryVerdict {
    if let refusal = try refusalOfErased(entry, by: account) { return try void(entry, because: refusal) }
    if let verdict = try judgeAlone(entry, by: account) { return verdict }
    let savedGoverning = governing
    let savedAffected = (affectedPersons, affectedEverywhere, affectedCases)
    var saved: [Identifier: RecordSnapshot?] = [:]
    do {
      return try judge(entry, by: account, saving: &saved)
    } catch {
      governing = savedGoverning
      (affectedPersons, affectedEverywhere, affectedCases) = savedAffected
      for (record, before) in saved { group.records[record] = before }
      guard let refusal = (error as? Refused)?.refusal else { throw error }
      return try void(entry, because: refusal)
    }
  }

  private struct Refused: Error {
    let refusal: EntryVerdict.Refusal
  }

  private mutating func judge(
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
  private mutating func judgeAlone(_ entry: LinkedEntry, by account: Account) throws -> EntryVerdict? {
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
  private mutating func note(
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

  /// Puts judged changes behind the log.
  mutating func log(_ judged: [JudgedChange]) {
    group.position += UInt64(judged.count)
    group.changes += judged
    for change in judged {
      group.logDigest = LogDigest.appending(change.digest, to: group.logDigest)
      guard change.isAccepted else { continue }
      if !directory.quarantine.isEmpty { settle(change.digest) }
      guard let origin = change.change.header.originDigest else { continue }
      directory.take(origin: origin)
      settle(origin)
    }
  }

  /// Stamps a change.
  ///
  /// - Parameter earlier: when it was received before a restore, if it was.
  func stamp(
    _ change: EncodedChange, digest: Digest, at position: UInt64, isAccepted: Bool,
    receivedAt earlier: Int64? = nil, payloadDigest: Digest? = nil
  ) -> JudgedChange {
    let receivedAt = earlier ?? self.receivedAt
    let seal = directory.tenant.stampKey.seal(
      position: position, epoch: directory.tenant.epoch, receivedAt: receivedAt, isAccepted: isAccepted,
      digest: digest)
    return JudgedChange(
      position: position, change: change, digest: digest, receivedAt: receivedAt, isAccepted: isAccepted,
      seal: seal, payloadDigest: payloadDigest)
  }

  /// Takes what governs access out of a record that does, and was changed.
  mutating func govern(by snapshot: RecordSnapshot) {
    let creator = snapshot.creator.flatMap { directory.accounts[$0]?.person }
    guard let record = CaseRecord(snapshot, creator: creator) else { return }
    hasGoverned = true
    guard let caseID = record.caseID else { return govern(byRegister: record) }
    affectedCases.insert(caseID)
    affectedPersons.formUnion(governing.involvedPersons(in: caseID))
    governing.update(with: record)
    affectedPersons.formUnion(governing.involvedPersons(in: caseID))
  }

  private mutating func govern(byRegister record: CaseRecord) {
    governing.update(with: record)
    if record.kind == .registerErasure { changesErasures = true }
    let persons = governing.involvedPersons(inRegister: record)
    affectedEverywhere.formUnion(persons)
    affectedPersons.formUnion(persons)
  }
}

extension JudgedChange {
  /// The end of its actor's chain that it makes.
  public var head: RecordSnapshot.Head {
    RecordSnapshot.Head(
      id: change.header.id, digest: digest, receivedAt: receivedAt, isAccepted: isAccepted, seal: seal)
  }
}
