public import CRDT
public import CaseModel
import GRDB
public import Replication
public import WireProtocol

extension ReplicaStore {
  /// Writes acts, each as one journal entry, in one transaction. They are sent when there is a connection.
  ///
  /// A change says that its author had seen what is shown: the confirmed state and own pending changes.
  ///
  /// - Parameters:
  ///   - acts: 1–64 drafts each; an act without drafts is left out.
  ///   - attachment: bytes that an attachment record of the acts names.
  ///   - now: milliseconds since 1970 by this device's clock.
  ///   - durability: when they are durable. Before they are, nobody is told that they are saved.
  ///   - salt: draws 16 bytes from a cryptographic generator.
  ///   - begun: told of a change that is written alone, before its rows are: it may be signed meanwhile, and
  ///     must not be sent. It must not wait.
  /// - Throws: `StorageError`, and then nothing is written: `recordExists` for a second creation,
  ///   `unknownRecord` for a change of a record that is not here, `tooLarge` beyond a limit of the protocol.
  public func write(
    _ acts: [[RecordDraft]], attaching attachment: NewAttachment? = nil, at now: Int64,
    durability: Durability = .atCommit, salt: () -> Identifier, begun: ((LinkedEntry) -> Void)? = nil
  ) throws -> [LinkedEntry] {
    try writing(durability) { db, staged in
      if let attachment { try insert(attachment, at: now, db) }
      let meta = try meta(db)
      var entries: [LinkedEntry] = []
      var head = try journal(meta, db)
      for act in acts where !act.isEmpty {
        guard act.count <= Limits.entryChanges else { throw StorageError(.tooLarge) }
        var written: [(change: EncodedChange, digest: Digest, row: Int64)] = []
        for draft in act {
          let linked = try link(draft, meta, now, salt(), &staged, db)
          if let begun, acts.count == 1, act.count == 1 {
            let change = OwnChange(row: 0, change: linked.change, digest: linked.digest)
            let next = head.appending(changes: [linked.digest])
            begun(OwnEntry(head: next, writtenAt: now, changes: [change]).linked(in: meta))
          }
          let row = try write(linked, of: draft, entry: head.entries + 1, &staged, db)
          written.append((linked.change, linked.digest, row))
        }
        guard written.reduce(0, { $0 + $1.change.packedByteCountMax }) <= Limits.entryBytes else {
          throw StorageError(.tooLarge)
        }
        let own = OwnEntry(
          head: try append(
            written.map { OwnChange(row: $0.row, change: $0.change, digest: $0.digest) }, to: head, at: now,
            db),
          writtenAt: now,
          changes: written.map { OwnChange(row: $0.row, change: $0.change, digest: $0.digest) })
        head = own.head
        entries.append(own.linked(in: meta))
      }
      return entries
    }
  }

  /// The journal after the last entry written, sent or not.
  public func journal() throws -> JournalHead {
    try reading { db in
      let meta = try meta(db)
      let head = try journal(meta, db)
      return JournalHead(entries: meta.journalEntry(ofRow: head.entries), digest: head.digest)
    }
  }

  /// The row of the last entry, and the digest of the actor's journal after it.
  func journal(_ meta: ReplicaMeta, _ db: Database) throws -> JournalHead {
    try db.first(
      "SELECT number, digest FROM entry WHERE number > ? ORDER BY number DESC LIMIT 1",
      [.bits(meta.journalRow)]
    ) { row in
      JournalHead(entries: try row.unsigned(0), digest: try row.digest(1))
    } ?? JournalHead(entries: meta.journalRow, digest: meta.startOfJournal.digest)
  }

  /// Writes the row of an entry whose changes are written.
  ///
  /// - Returns: its row, and the journal's digest after it.
  func append(
    _ changes: [OwnChange], to head: JournalHead, at now: Int64, _ db: Database
  ) throws -> JournalHead {
    let next = head.appending(changes: changes.map(\.digest))
    try db.run(
      """
      INSERT INTO entry (number, digest, written_at, first_change, changes, status)
      VALUES (?, ?, ?, ?, ?, 0)
      """,
      [
        .bits(next.entries), .blob(next.digest), .integer(now), .integer(changes.first?.row ?? 0),
        .integer(changes.count),
      ])
    return next
  }

  /// A change that is linked to the chain of its actor in its record, and not written yet.
  private struct LinkedChange {
    let change: EncodedChange
    let decoded: Change
    /// The digest that it chains to.
    let previous: Digest
    let digest: Digest
    /// The record that it goes on.
    var replica: Replica
  }

  private func link(
    _ draft: RecordDraft, _ meta: ReplicaMeta, _ now: Int64, _ salt: Identifier, _ staged: inout Staged,
    _ db: Database
  ) throws -> LinkedChange {
    let replica = try takeOrNew(draft.id, &staged, db)
    if draft.isNew, replica.facts != nil { throw StorageError(.recordExists, record: draft.id) }
    if !draft.isNew, replica.facts == nil || replica.exit != nil {
      throw StorageError(.unknownRecord, record: draft.id)
    }
    let header = ChangeHeader(
      record: draft.id, id: ChangeID(actor: meta.actor, number: replica.shown.version[meta.actor] + 1),
      author: meta.account, writtenAt: now, version: replica.shown.version,
      creates: draft.isNew ? facts(of: draft, meta, now) : nil,
      audienceSeen: draft.isNew ? [] : try audienceSeen(of: draft.id, db))
    let change = EncodedChange(
      header: header, payload: Payload(salt: salt, operations: draft.operations).encoded)
    let decoded = try checkedAgainstLimits(change, draft)
    let previous = replica.digest(of: meta.actor, tenant: meta.tenant)
    return LinkedChange(
      change: change, decoded: decoded, previous: previous, digest: change.digest(after: previous),
      replica: replica)
  }

  /// - Returns: the change's row.
  private func write(
    _ linked: consuming LinkedChange, of draft: RecordDraft, entry: UInt64, _ staged: inout Staged,
    _ db: Database
  ) throws -> Int64 {
    let row = try insert(
      linked.change, linked.digest, after: linked.previous, row: linked.replica.row, entry: entry, db)
    linked.replica.write(
      Replica.Pending(
        row: row, header: linked.change.header, change: linked.decoded, digest: linked.digest))
    guard linked.replica.isDeliverable else { throw StorageError(.tooLarge, record: draft.id) }
    staged.replicas[draft.id] = linked.replica
    return row
  }

  private func facts(of draft: RecordDraft, _ meta: ReplicaMeta, _ now: Int64) -> RecordFacts {
    RecordFacts(
      tenant: meta.tenant, caseID: draft.caseID, kind: draft.kind.rawValue, created: now, about: draft.about,
      informationType: draft.informationType.rawValue)
  }

  /// Limits bite when something is saved, not when it is pushed. What passes them decodes as any reader will
  /// decode it.
  private func checkedAgainstLimits(_ change: EncodedChange, _ draft: RecordDraft) throws -> Change {
    guard draft.about.count <= Limits.aboutPersons, change.payload.count <= Limits.payloadBytes,
      change.header.version.entries.count <= Limits.versionActors,
      change.header.id.number <= Limits.highestNumber, let decoded = try? change.decoded()
    else { throw StorageError(.tooLarge, record: draft.id) }
    return decoded
  }

  func insert(
    _ change: EncodedChange, _ digest: Digest, after previous: Digest, row: Int64, entry: UInt64,
    _ db: Database
  ) throws -> Int64 {
    let content = try sealedContent(
      change.header, change.payload, change.origin?.encoded(of: change.header), row: row)
    // What it chains to stands in the row before, unless that was let go of.
    try db.run(
      """
      INSERT INTO change (record, actor, number, content, digest, status, entry, previous)
      SELECT ?1, ?2, ?3, ?4, ?5, 0, ?6, CASE WHEN ?3 = 1 OR EXISTS (
        SELECT 1 FROM change WHERE record = ?1 AND actor = ?2 AND number = ?3 - 1) THEN NULL ELSE ?7 END
      """,
      [
        .integer(row), .bits(change.header.id.actor), .bits(change.header.id.number), .sealed(content),
        .blob(digest), .bits(entry), .blob(previous),
      ])
    try sealed.wrote(content)
    return db.lastInsertedRowID
  }
}
