import CRDT
import CaseModel
import Replication
import WireProtocol

/// What must be so of a whole file before anything of it is taken in: it brings whole records of the
/// sender's, of the cases that it names, and of the register persons and organisations.
struct TransferCheck {
  private let statement: TransferStatement
  private let store: ServerStore
  private let governing: GoverningState
  private let actors: Set<ActorID>
  private var heads: [Identifier: [ActorID: (number: UInt64, digest: Digest)]] = [:]
  private var facts: [Identifier: RecordFacts] = [:]
  private var aliases: Set<Identifier> = []
  private var bytes: (attachment: StoredAttachment, digest: RunningDigest)?

  /// - Throws: `TransferError` `clash` when a device that is enrolled here is said to have written there.
  init(_ statement: TransferStatement, in store: ServerStore) throws {
    self.statement = statement
    self.store = store
    let loaded = try store.load()
    governing = loaded.governing
    actors = Set(statement.actors)
    for actor in actors where loaded.directory.devices[actor] != nil { throw TransferError(.clash) }
  }

  /// - Throws: `TransferError`: `malformed`, `clash`.
  mutating func take(_ part: TransferReader.Part) throws {
    switch part {
    case .changes(let changes): for change in changes { try take(change) }
    case .attachment(let attachment):
      try finishBytes()
      let record = attachment.upload.attachment
      guard facts[record]?.kind == RecordKind.attachment.rawValue, actors.contains(attachment.actor) else {
        throw TransferError(.malformed, record: record)
      }
      bytes = (attachment, RunningDigest())
    case .chunk(let chunk):
      guard let upload = bytes?.attachment.upload, chunk.attachment == upload.attachment,
        chunk.offset == bytes?.digest.byteCount, chunk.end <= upload.size
      else { throw TransferError(.malformed, record: chunk.attachment) }
      bytes?.digest.add(chunk.content)
    }
  }

  private mutating func take(_ offered: OfferedChange) throws {
    let header = offered.change.header
    let malformed = TransferError(.malformed, record: header.record)
    let last = heads[header.record]?[header.id.actor]
    let start = Chain.start(tenant: statement.tenant, record: header.record, actor: header.id.actor)
    guard actors.contains(header.id.actor), header.id.number == (last?.number ?? 0) + 1,
      offered.previous == last?.digest ?? start,
      (0...statement.writtenAt).contains(offered.stamp.receivedAt)
    else { throw malformed }
    let digest = offered.digest
    heads[header.record, default: [:]][header.id.actor] = (header.id.number, digest)
    let there = try store.digest(of: header.id, in: header.record)
    guard there == nil || there == digest else { throw TransferError(.clash, record: header.record) }
    guard offered.stamp.isAccepted else { return }
    guard
      let change = try? offered.change.decoded(receivedAt: offered.stamp.receivedAt, seal: offered.stamp.seal)
    else { throw malformed }
    guard let created = header.creates else { return }
    guard facts[header.record] == nil, created.tenant == statement.tenant else { throw malformed }
    facts[header.record] = created
    for operation in change.operations where created.kind == RecordKind.participant.rawValue {
      guard operation.field == Field.Participant.alias.id,
        case .decide(.identifier(let alias)) = operation.action
      else { continue }
      aliases.insert(alias)
    }
  }

  /// Looks at what only the whole file shows.
  ///
  /// - Throws: `TransferError`: `malformed`, `clash`.
  func finish() throws {
    try finishBytes()
    let cases = Set(statement.cases)
    for record in heads.keys.sorted() {
      guard let created = facts[record] else { throw TransferError(.malformed, record: record) }
      let kind = RecordKind(rawValue: created.kind)
      guard isAtHome(created, kind, in: cases) else { throw TransferError(.malformed, record: record) }
      if store.isErased(record) { continue }
      guard let here = try store.record(record)?.facts else { continue }
      guard here == created else { throw TransferError(.clash, record: record) }
    }
    for caseID in cases.sorted() {
      guard facts[caseID]?.kind == RecordKind.case.rawValue else {
        throw TransferError(.malformed, record: caseID)
      }
    }
    // An alias leads to one case.
    for alias in aliases.sorted() {
      let known = governing.caseID(ofAlias: alias)
      guard known.map(cases.contains) ?? (governing.governance(of: alias) == nil) else {
        throw TransferError(.clash, record: alias)
      }
    }
  }

  private func isAtHome(_ facts: RecordFacts, _ kind: RecordKind, in cases: Set<Identifier>) -> Bool {
    switch (kind.home, facts.caseID) {
    case (.register, nil): kind == .person || kind == .organisation
    case (.caseFile, let home?): cases.contains(home)
    case (.alias, let alias?): aliases.contains(alias)
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
