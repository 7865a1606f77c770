import CRDT
import CaseModel
import Foundation
import GRDB
import Testing
import WireProtocol

@testable import Replication
@testable import Storage

/// A server on a disk, with a case in which a leader and two others take part: what they push is judged and
/// committed as a tenant's machine does it.
final class RightsServer {
  /// Somebody with an account and a device.
  struct Member {
    let account: Account
    let actor: ActorID
    var person: Identifier { account.person }
  }

  let directory: TemporaryDirectory
  let tenant: NewTenant
  let caseID: Identifier
  let child: Identifier
  let mother: Identifier
  /// A note about the child.
  let note: Identifier
  let day: CalendarDay
  private(set) var leader: Member
  /// Of the core team.
  private(set) var worker: Member
  /// Of another organisation; she reads by a consent.
  private(set) var professional: Member
  private(set) var consent: Identifier
  var now: Int64 = 1_600_000_000_000
  private var open: ServerStore?
  private var random: SeededGenerator
  private var secrets: UInt8 = 0
  private let seed: UInt64

  var home: String { directory.path("tenant") }
  var ledger: String { home + ".ledger" }

  init(seed: UInt64 = 1, tenant name: String = "Prøve") throws {
    self.seed = seed
    tenant = NewTenant.generated(name: name)
    directory = try TemporaryDirectory()
    random = SeededGenerator(seed: seed)
    day = try CalendarDay(year: 2020, month: 9, day: 13)
    (caseID, child, mother) = (random.identifier(), random.identifier(), random.identifier())
    (note, consent) = (random.identifier(), random.identifier())
    open = try ServerStore.create(in: directory.path("tenant"), tenant: tenant)
    let nobody = Member(
      account: Account(id: child, person: child, personName: "", role: .parent), actor: ActorID(rawValue: 1))
    (leader, worker, professional) = (nobody, nobody, nobody)
    leader = try enrol("Lene", as: .leader)
    worker = try enrol("Poul", as: .coreTeam)
    professional = try enrol("Hanne", as: .involvedProfessional)
    try fill()
  }

  deinit { try? open?.close() }

  private func fill() throws {
    try push(
      CaseWork.open(
        case: caseID, label: "F01", on: day, creator: leader.person, as: .leader,
        identify: { _ in identifier() }), by: leader)
    let organisation = identifier()
    let end = now + 86_400_000
    for draft in [
      CaseWork.participant(id: identifier(), in: caseID, person: worker.person, role: .coreTeam),
      CaseWork.vouching(
        id: identifier(), organisation: organisation, person: professional.person, voucher: identifier(),
        from: now, until: end),
      CaseWork.participant(
        id: identifier(), in: caseID, person: professional.person, role: .involvedProfessional,
        organisation: organisation),
      CaseWork.custody(id: identifier(), in: caseID, of: child, holder: mother, source: "civil_register"),
      CaseWork.consent(
        id: consent, in: caseID,
        CaseWork.Disclosure(
          to: professional.person, about: [child], types: [.social], purpose: "coordination", from: now,
          until: end), form: "written", evidence: identifier(), signatures: [mother]),
      CaseWork.note(id: note, in: caseID, about: [child], text: "content", on: day),
    ] { try push([draft], by: leader) }
    var group = try emptyGroup()
    for member in [worker, professional] {
      group.holdings.append(
        Holding(actor: member.actor, record: note, generation: 1, position: group.position))
    }
    group.ledger = group.holdings.map { .entered($0.actor, [.init(record: note, generation: 1)]) }
    try store().commit(group)
  }

  func identifier() -> Identifier { random.identifier() }

  func store() throws -> ServerStore { try #require(open) }

  func emptyGroup() throws -> CommitGroup {
    CommitGroup(after: try store().position, logDigest: try store().logDigest)
  }

  /// Enrols somebody on a device of her own.
  ///
  /// - Parameter person: who she is, where she is known already.
  func enrol(_ name: String, as role: Role, person: Identifier? = nil) throws -> Member {
    secrets += 1
    let key = try SigningKey(
      secret: Array(repeating: secrets, count: 31) + [UInt8(truncatingIfNeeded: seed)]
    ).publicKey
    let account = Account(id: identifier(), person: person ?? identifier(), personName: name, role: role)
    let actor = Transcript.actor(of: key)
    let device = Device(
      id: identifier(), actor: actor, account: account.id, name: name, signingKey: key,
      agreementKey: Array(repeating: secrets, count: 32), journal: .start(tenant: tenant.id, actor: actor),
      predecessor: nil, isConfirmed: true)
    var group = try emptyGroup()
    group.accounts = [account]
    group.devices = [actor: device]
    group.ledger = [.enrolled(device, of: account, code: UInt64(secrets))]
    try store().commit(group)
    return Member(account: account, actor: actor)
  }

  // MARK: Pushing

  /// An entry as a device that has all that the server has would write it.
  func entry(_ drafts: [RecordDraft], by member: Member) throws -> JournalEntry {
    let store = try store()
    let number = try #require(try store.load().directory.devices[member.actor]).journal.entries + 1
    let changes = try drafts.map { draft in
      let version = try store.record(draft.id)?.state.version ?? VersionVector()
      let facts = RecordFacts(
        tenant: tenant.id, caseID: draft.caseID, kind: draft.kind.rawValue, created: now, about: draft.about,
        informationType: draft.informationType.rawValue)
      let header = ChangeHeader(
        record: draft.id, id: ChangeID(actor: member.actor, number: version[member.actor] + 1),
        author: member.account.id, writtenAt: now, version: version, creates: draft.isNew ? facts : nil)
      return EncodedChange(
        header: header, payload: Payload(salt: identifier(), operations: draft.operations).encoded)
    }
    return JournalEntry(number: number, changes: changes)
  }

  /// An entry whose changes stand for what an earlier actor of the device wrote.
  func standIn(_ drafts: [RecordDraft], by member: Member) throws -> JournalEntry {
    let entry = try entry(drafts, by: member)
    let changes = entry.changes.map { change in
      let header = change.header
      let before = ChangeHeader(
        record: header.record, id: ChangeID(actor: ActorID(rawValue: 77), number: 1), author: header.author,
        writtenAt: header.writtenAt, version: header.version)
      let start = Chain.start(tenant: tenant.id, record: header.record, actor: before.id.actor)
      let origin = ChangeOrigin(header: before, previous: start, stamp: nil)
      return EncodedChange(
        header: ChangeHeader(
          record: header.record, id: header.id, author: header.author, writtenAt: header.writtenAt,
          version: header.version, originDigest: origin.digest(ofPayload: change.payload)),
        payload: change.payload, origin: origin)
    }
    return JournalEntry(number: entry.number, changes: changes)
  }

  @discardableResult
  func push(_ drafts: [RecordDraft], by member: Member) throws -> EntryVerdict {
    try push(entry(drafts, by: member), by: member)
  }

  @discardableResult
  func push(_ entry: JournalEntry, by member: Member) throws -> EntryVerdict {
    now += 1_000
    let stage = try staged(entry, by: member)
    try store().commit(stage.stage.group)
    return stage.verdict
  }

  /// An empty group of what the store has.
  func stage() throws -> GroupStage {
    let store = try store()
    let loaded = try store.load()
    return GroupStage(
      source: store, directory: loaded.directory, governing: loaded.governing.staged(), after: store.position,
      logDigest: store.logDigest, at: now)
  }

  func staged(_ entry: JournalEntry, by member: Member) throws -> (stage: GroupStage, verdict: EntryVerdict) {
    var stage = try stage()
    let verdicts = try stage.judge(Push(entries: [entry], signature: []), from: member.actor, submission: 0)
    try stage.decideExits()
    return (stage, try #require(verdicts.first))
  }

  func record(_ id: Identifier) throws -> CaseRecord {
    let snapshot = try #require(try store().record(id))
    return try #require(CaseRecord(snapshot, creator: leader.person))
  }

  /// The participation of somebody.
  func part(of member: Member) throws -> CaseRecord {
    let held = try store().outstanding(
      for: ActorID(rawValue: 9), in: [.caseFile(caseID)], after: 0, all: true)
    let parts = try held.filter { $0.reference.kind == .participant }.map { try record($0.reference.id) }
    return try #require(parts.first { Participation($0)?.person == member.person })
  }

  /// Whether somebody may read the note, as things stand in the store.
  func mayRead(_ member: Member) throws -> Bool {
    let reference = try #require(try store().reference(note))
    return may(member.person, .read, reference, at: now, in: try store().load().governing).isAllowed
  }

  // MARK: Breaking

  func close() throws {
    try open?.close()
    open = nil
  }

  @discardableResult
  func reopen(isRestored: Bool = false) throws -> ServerStore {
    try close()
    let store = try ServerStore(directory: home, isRestored: isRestored)
    open = store
    return store
  }

  /// Opens it beside a ledger that begins.
  ///
  /// - Returns: the end of its own that it knew.
  func reopenWithoutLedger() throws -> LedgerHead {
    try close()
    let store = try ServerStore(directory: home, ledger: directory.path("other.ledger"))
    open = store
    return try #require(try store.database.read { try ServerStore.readLedger($0) }.lost)
  }

  /// Copies the folder, and nothing beside it.
  func copyFolder(to name: String) throws {
    try close()
    try FileManager.default.copyItem(atPath: home, toPath: directory.path(name))
    try reopen()
  }

  /// Puts a copy of the folder back. The ledger and the keys stay as they are.
  func putFolderBack(_ name: String) throws {
    try close()
    try FileManager.default.removeItem(atPath: home)
    try FileManager.default.copyItem(atPath: directory.path(name), toPath: home)
  }

  static let passphrase = "sixteen characters"

  func backUp() throws {
    _ = try ServerBackup.make(
      of: home, to: directory.path("backup"), passphrase: Self.passphrase, at: now)
  }

  func restore() throws {
    try close()
    try FileManager.default.removeItem(atPath: home)
    _ = try ServerBackup.restore(
      from: directory.path("backup"), to: home, passphrase: Self.passphrase, epoch: identifier())
    try reopen()
  }
}
