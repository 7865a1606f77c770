import CRDT
import GRDB
public import Replication
import WireProtocol

/// Setting the replica and its server right, after one of them was restored or cloned.
extension ReplicaStore {
  /// Goes on after a journal of which the server has more than is here: all that stood in it was delivered.
  ///
  /// - Parameter own: how many entries are here.
  /// - Throws: `StorageError` `gap` when something was written meanwhile; then the journal forked.
  func goOn(after head: JournalHead, having own: UInt64) throws {
    try writing { db, staged in
      let journal = try journal(try meta(db), db)
      guard try meta(db).journalEntry(ofRow: journal.entries) == own else { throw StorageError(.gap) }
      try stage(&staged, db) { meta in
        meta.journalRow = journal.entries
        meta.judgedEntries = journal.entries
        meta.journalStart = head
      }
    }
  }

  /// Takes in what the comparison with the server found, in one transaction: the device goes on under its new
  /// actor, own changes that the server lacks are written again, and so are those of others whose numbers
  /// mean something else there.
  ///
  /// - Parameter now: milliseconds since 1970 by this device's clock.
  public func heal(_ found: Healed, at now: Int64) throws {
    defer { forgetCached() }
    try writing { db, staged in
      let before = try meta(db)
      let pending = try ownEntries(from: before.judgedEntries + 1, before: Limits.highestNumber + 1, db)
      let healed = found.covering(pending.flatMap(\.changes).map(\.change.header))
      if healed.succeeds { try succeed(healed, &staged, db) }
      let meta = try staged.meta ?? meta(db)
      let reissue = Reissue(
        by: meta.actor, author: meta.account, tenant: meta.tenant, at: now, after: healed)
      var written = 0
      // Own work without a verdict builds on what the device had, so it comes after.
      let writtenAgain = try originals(writtenAgainBesides: healed, before, db)
      for offered in healed.branched
      where !writtenAgain.contains(offered.change.header.originDigest ?? offered.digest) {
        let original = Reissue.Original(
          change: offered.change, previous: offered.previous, stamp: offered.stamp)
        written += 1
        try write([original], by: reissue, meta, now, &staged, db)
      }
      if healed.succeeds {
        for entry in pending {
          let originals = try leave(entry, healed, before, &staged, db)
          written += originals.count
          // It waits since it was written first.
          try write(originals, by: reissue, meta, entry.writtenAt, &staged, db)
        }
        try forgetGenerations(&staged, db)
      }
      let last = try journal(try staged.meta ?? self.meta(db), db).entries
      try stage(&staged, db) { meta in
        if healed.succeeds { meta.lastOrder = 0 }
        if healed.succeeds || !healed.branched.isEmpty { meta.reissuedUpTo = meta.journalEntry(ofRow: last) }
        // What the server was given back it may forget once more, until a cursor lies behind it.
        if healed.epoch != before.epoch || healed.counts.returned > 0 { meta.isUnproved = true }
        meta.epoch = healed.epoch
        meta.isHealing = !healed.isWhole
        // A comparison once more that finds nothing is no news.
        guard healed.succeeds || before.isHealing || healed.counts != Healed.Counts() else { return }
        meta.healedAt = now
        meta.reissuedChanges = UInt64(written)
        meta.returnedChanges = UInt64(healed.counts.returned)
      }
    }
  }

  /// What own entries of this actor stand for already, whatever became of them: compared once more, the
  /// server still has something else in its place.
  private func originals(
    writtenAgainBesides healed: Healed, _ meta: ReplicaMeta, _ db: Database
  ) throws -> Set<Digest> {
    guard !healed.succeeds, !healed.branched.isEmpty else { return [] }
    let own = try ownEntries(from: meta.journalRow + 1, before: Limits.highestNumber + 1, db)
    return Set(own.flatMap(\.changes).compactMap(\.change.header.originDigest))
  }

  /// The actor's place is taken.
  private func succeed(_ healed: Healed, _ staged: inout Staged, _ db: Database) throws {
    let last = try journal(try meta(db), db).entries
    guard let salt = try meta(db).successorSalt, let actor = successor?(salt) else {
      throw StorageError(.inconsistent)
    }
    try stage(&staged, db) { meta in
      if let succession = healed.succession { meta.lineage.append(succession) }
      meta.actor = actor
      meta.wipes = 0
      meta.actorSalt = salt
      meta.successorSalt = nil
      meta.journalRow = last
      meta.journalStart = nil
      meta.judgedEntries = last
      meta.cursor = nil
    }
  }

  /// Takes an entry of the old actor out of what waits.
  ///
  /// - Returns: what of it the server lacks.
  private func leave(
    _ entry: OwnEntry, _ healed: Healed, _ before: ReplicaMeta, _ staged: inout Staged, _ db: Database
  ) throws -> [Reissue.Original] {
    var originals: [Reissue.Original] = []
    for own in entry.changes {
      let header = own.change.header
      var replica = try takeOrNew(header.record, &staged, db)
      defer { staged.replicas[header.record] = replica }
      let isThere = healed.accepted[header.record]?.contains(header.id.number) ?? false
      if isThere {
        let stamp = healed.stamps[header.record]?[header.id.number]
        if replica.isNext(header.id) {
          let head = RecordSnapshot.Head(
            id: header.id, digest: own.digest, receivedAt: stamp?.receivedAt ?? 0, isAccepted: true,
            seal: stamp?.seal)
          let change =
            try stamp.map { try own.change.decoded(receivedAt: $0.receivedAt, seal: $0.seal) }
            ?? own.change.decoded()
          try replica.confirm(header, change, head: head, isOwn: true)
        } else {
          replica.settle(header.id)
        }
      } else {
        originals.append(
          Reissue.Original(change: own.change, previous: try previous(of: own, before, db)))
        replica.settle(header.id)
      }
      if isThere, let stamp = healed.stamps[header.record]?[header.id.number] {
        try self.stamp(own.row, isAccepted: true, stamp.receivedAt, stamp.seal, db)
      } else {
        try set(isThere ? .accepted : .superseded, ofChange: own.row, db)
      }
    }
    let status: ReplicaSchema.Status = originals.isEmpty ? .accepted : .superseded
    try db.run(
      "UPDATE entry SET status = ? WHERE number = ?", [.integer(status.rawValue), .bits(entry.head.entries)])
    return originals
  }

  private func set(_ status: ReplicaSchema.Status, ofChange row: Int64, _ db: Database) throws {
    try db.run("UPDATE change SET status = ? WHERE id = ?", [.integer(status.rawValue), .integer(row)])
  }

  /// The digest that an own change chains to.
  func previous(of own: OwnChange, _ meta: ReplicaMeta, _ db: Database) throws -> Digest {
    let header = own.change.header
    guard header.id.number > 1 else {
      return Chain.start(tenant: meta.tenant, record: header.record, actor: header.id.actor)
    }
    let kept = try db.first("SELECT previous FROM change WHERE id = ?", [.integer(own.row)]) {
      try $0.bytes(0)
    }
    if let kept, let digest = kept.flatMap({ Digest(bytes: $0) }) { return digest }
    let stored = try db.first(
      """
      SELECT c.digest FROM change c JOIN record r ON r.id = c.record
      WHERE r.wire = ? AND c.actor = ? AND c.number = ?
      """, [.blob(header.record), .bits(header.id.actor), .bits(header.id.number - 1)]
    ) { try $0.digest(0) }
    if let stored { return stored }
    // The change before came back to this device in a state.
    let head = try self.stored(header.record, db)?.snapshot.heads[header.id.actor]
    guard let head, head.id.number == header.id.number - 1 else {
      throw StorageError(.inconsistent, record: header.record, change: header.id)
    }
    return head.digest
  }

  /// Writes changes again, as one entry.
  func write(
    _ originals: [Reissue.Original], by reissue: Reissue, _ meta: ReplicaMeta, _ now: Int64,
    _ staged: inout Staged, _ db: Database
  ) throws {
    guard !originals.isEmpty else { return }
    let head = try journal(meta, db)
    var written: [OwnChange] = []
    for original in originals {
      let record = original.record
      var replica = try takeOrNew(record, &staged, db)
      defer { staged.replicas[record] = replica }
      let number = replica.shown.version[meta.actor]
      let last =
        number == 0 ? nil : (number: number, digest: replica.digest(of: meta.actor, tenant: meta.tenant))
      let (change, digest) = reissue.change(original, after: last)
      let row = try insert(
        change, digest,
        after: last?.digest ?? Chain.start(tenant: meta.tenant, record: record, actor: meta.actor),
        row: replica.row, entry: head.entries + 1, db)
      replica.write(
        Replica.Pending(row: row, header: change.header, change: try change.decoded(), digest: digest))
      written.append(OwnChange(row: row, change: change, digest: digest))
    }
    _ = try append(written, to: head, at: now, db)
  }

  /// What the server sends under its first generation to a new actor is newer than what is here, and than
  /// what left the scope before.
  private func forgetGenerations(_ staged: inout Staged, _ db: Database) throws {
    for id in staged.replicas.keys { staged.replicas[id]?.forgetGenerations() }
    try db.run("UPDATE record SET generation = 0")
    try db.run("UPDATE exit SET generation = 0")
  }

  /// The entry, or a change that stands in it, has its effect in the log already under another name: it is
  /// void, and nothing is lost. Its other changes are written again.
  func supersede(
    _ entry: OwnEntry, by verdict: EntryVerdict, _ staged: inout Staged, _ db: Database
  ) throws {
    let meta = try staged.meta ?? meta(db)
    let reissue = Reissue(
      by: meta.actor, author: meta.account, tenant: meta.tenant, at: entry.writtenAt, after: nil)
    let others = try entry.changes.enumerated().filter { $0.offset != Int(verdict.refusal?.change ?? 0) }
      .map { Reissue.Original(change: $0.element.change, previous: try previous(of: $0.element, meta, db)) }
    try write(others, by: reissue, meta, entry.writtenAt, &staged, db)
  }
}
