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
  /// Who might do what before the group.
  let formerly: GoverningState
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
    formerly = governing
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
