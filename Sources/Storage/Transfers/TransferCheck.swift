import CRDT
import CaseModel
import Replication
import WireProtocol

/// What must be so of a whole file before anything of it is taken in: it brings whole records of the
/// sender's, and of those from whom the sender had them, of the cases that it names, and of the
/// register persons and organisations.
struct TransferCheck {
  /// What earlier tenants signed.
  private(set) var handovers: [Handover] = []
  /// How many changes are not here yet, and would be taken in.
  private(set) var newChanges = 0
  /// How many would be left out, since the case is governed here by now.
  private(set) var left = 0

  private let statement: TransferStatement
  private let store: ServerStore
  private let governing: GoverningState
  private let directory: TenantDirectory
  /// Asked for once all hand-overs are read, which come first.
  private lazy var trail = HandoverTrail(handovers, to: statement.tenant, statement: statement)
  private var records: [Identifier: Read] = [:]
  private var foreign: [ActorID: Identifier] = [:]
  private var caseOfAlias: [Identifier: Identifier] = [:]
  private var bytes: (attachment: StoredAttachment, digest: RunningDigest)?

  /// What was read of a record.
  private struct Read {
    var heads: [ActorID: (number: UInt64, digest: Digest)] = [:]
    var facts: RecordFacts?
    /// The tenants whose people wrote in it.
    var tenants: Set<Identifier> = []
    /// How many changes are not here.
    var new = 0
  }

  /// - Throws: `TransferError` `clash` when a device that is enrolled here is said to have written there.
  init(_ statement: TransferStatement, in store: ServerStore) throws {
    self.statement = statement
    self.store = store
    let loaded = try store.load()
    governing = loaded.governing
    directory = loaded.directory
    for actor in statement.actors where loaded.directory.devices[actor] != nil { throw TransferError(.clash) }
  }

  /// Whose changes these are: the sender's people, and of others those who wrote anything.
  var origins: [GroupStage.Origin] {
    let before = Dictionary(grouping: foreign.keys) { foreign[$0] ?? statement.tenant }
    return [GroupStage.Origin(tenant: statement.tenant, actors: statement.actors)]
      + before.sorted { $0.key < $1.key }.map { GroupStage.Origin(tenant: $0.key, actors: $0.value) }
  }

  /// - Throws: `TransferError`: `malformed`, `clash`, `unproven`, `cameBack`.
  mutating func take(_ part: TransferReader.Part) throws {
    switch part {
    case .handover(let handover): handovers.append(handover)
    case .changes(let changes): for change in changes { try take(change) }
    case .attachment(let attachment):
      try finishBytes()
      let record = attachment.upload.attachment
      guard records[record]?.facts?.kind == RecordKind.attachment.rawValue else {
        throw TransferError(.malformed, record: record)
      }
      _ = try home(of: attachment.actor, in: record)
      bytes = (attachment, RunningDigest())
    case .chunk(let chunk):
      guard let upload = bytes?.attachment.upload, chunk.attachment == upload.attachment,
        chunk.offset == bytes?.digest.byteCount, chunk.end <= upload.size
      else { throw TransferError(.malformed, record: chunk.attachment) }
      bytes?.digest.add(chunk.content)
    }
  }

  /// In which tenant an actor wrote, as that one signed.
  ///
  /// - Throws: `TransferError`: `unproven`; `cameBack` for somebody of this tenant; `clash` for one whom
  ///   another calls hers.
  private mutating func home(of actor: ActorID, in record: Identifier) throws -> Identifier {
    guard let home = trail.home(of: actor) else { throw TransferError(.unproven, record: record) }
    guard home != store.tenant.id else { throw TransferError(.cameBack, record: record) }
    if home != statement.tenant, foreign.updateValue(home, forKey: actor) == nil {
      guard directory.devices[actor] == nil, directory.homes[actor] ?? home == home else {
        throw TransferError(.clash, record: record)
      }
    }
    return home
  }

  private mutating func take(_ offered: OfferedChange) throws {
    let header = offered.change.header
    let malformed = TransferError(.malformed, record: header.record)
    let home = try home(of: header.id.actor, in: header.record)
    var read = records.removeValue(forKey: header.record) ?? Read()
    defer { records[header.record] = read }
    let last = read.heads[header.id.actor]
    let start = Chain.start(tenant: home, record: header.record, actor: header.id.actor)
    guard header.id.number == (last?.number ?? 0) + 1, offered.previous == last?.digest ?? start,
      let signed = trail.lastSigned(by: home), (0...max(0, signed)).contains(offered.stamp.receivedAt)
    else { throw malformed }
    let digest = offered.digest
    read.heads[header.id.actor] = (header.id.number, digest)
    read.tenants.insert(home)
    let there = try store.digest(of: header.id, in: header.record)
    guard there == nil || there == digest else { throw TransferError(.clash, record: header.record) }
    if there == nil { read.new += 1 }
    guard offered.stamp.isAccepted else { return }
    guard
      let change = try? offered.change.decoded(receivedAt: offered.stamp.receivedAt, seal: offered.stamp.seal)
    else { throw malformed }
    guard let created = header.creates else { return }
    guard read.facts == nil, created.tenant == home else { throw malformed }
    read.facts = created
    for operation in change.operations where created.kind == RecordKind.participant.rawValue {
      guard operation.field == Field.Participant.alias.id,
        case .decide(.identifier(let alias)) = operation.action, let caseID = created.caseID
      else { continue }
      if caseOfAlias[alias] == nil { caseOfAlias[alias] = caseID }
    }
  }

  /// Looks at what only the whole file shows.
  ///
  /// - Throws: `TransferError`: `malformed`, `clash`, `unproven`.
  mutating func finish() throws {
    try finishBytes()
    try checkKeys()
    let cases = Set(statement.cases)
    var tenants: [Identifier?: Set<Identifier>] = [:]
    for (record, read) in records.sorted(by: { $0.key < $1.key }) {
      let malformed = TransferError(.malformed, record: record)
      guard let created = read.facts else { throw malformed }
      let kind = RecordKind(rawValue: created.kind)
      guard isAtHome(created, kind, in: cases) else { throw malformed }
      let caseID = kind.home == .alias ? created.caseID.flatMap { caseOfAlias[$0] } : created.caseID
      let before = tenants[caseID] ?? trail.tenants(before: caseID)
      tenants[caseID] = before
      guard read.tenants.isSubset(of: before) else { throw TransferError(.unproven, record: record) }
      if store.isErased(record) { continue }
      count(read, kind, in: caseID)
      guard let here = try store.record(record)?.facts else { continue }
      guard here == created else { throw TransferError(.clash, record: record) }
    }
    for caseID in cases.sorted() {
      guard records[caseID]?.facts?.kind == RecordKind.case.rawValue else {
        throw TransferError(.malformed, record: caseID)
      }
    }
    // An alias leads to one case.
    for alias in caseOfAlias.keys.sorted() {
      let known = governing.caseID(ofAlias: alias)
      guard known.map(cases.contains) ?? (governing.governance(of: alias) == nil) else {
        throw TransferError(.clash, record: alias)
      }
    }
  }

  private mutating func count(_ read: Read, _ kind: RecordKind, in caseID: Identifier?) {
    if kind.governsAccess, let caseID, governing.isTakenOver(caseID) {
      left += read.new
    } else {
      newChanges += read.new
    }
  }

  /// A tenant has one key: what is known of an earlier one by another file must agree.
  private func checkKeys() throws {
    var keys: [Identifier: [UInt8]] = [store.tenant.id: store.tenant.signingKey.publicKey]
    for handover in try store.handovers() + handovers {
      let card = handover.sender
      guard keys[card.tenant] ?? card.signingKey == card.signingKey else {
        throw TransferError(.clash, record: card.tenant)
      }
      keys[card.tenant] = card.signingKey
    }
  }

  private func isAtHome(_ facts: RecordFacts, _ kind: RecordKind, in cases: Set<Identifier>) -> Bool {
    switch (kind.home, facts.caseID) {
    case (.register, nil): kind == .person || kind == .organisation
    case (.caseFile, let home?): cases.contains(home)
    case (.alias, let alias?): caseOfAlias[alias].map(cases.contains) ?? false
    // A kind of a later version, which nobody here reads.
    case (nil, let home?): cases.contains(home)
    default: false
    }
  }

  private func finishBytes() throws {
    guard let bytes else { return }
    let upload = bytes.attachment.upload
    guard bytes.digest.byteCount == upload.size, bytes.digest.digest == upload.digest else {
      throw TransferError(.malformed, record: upload.attachment)
    }
  }
}
