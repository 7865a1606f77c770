public import CRDT
import CaseModel
import GRDB
public import Replication
import WireProtocol

/// An own entry that is held: more may read its records than its author had seen. It has no effect and is not
/// lost; she confirms it, or takes it back.
public struct HeldEntry: Hashable, Sendable {
  /// Names it, as the server does.
  public let name: QuarantineName
  /// The entry, with what it holds.
  public let work: RefusedEntry
  /// What says now who may read its records, as far as is known here: releases and reclassifications.
  public let audiences: [Identifier]
}

extension ReplicaStore {
  /// Own entries that are held, oldest first.
  public func held() throws -> [HeldEntry] {
    let works = try heldEntries()
    return try reading { db in
      try works.compactMap { work in
        guard let name = try heldName(ofRow: work.entry.number, db) else { return nil }
        let records = Set(work.entry.changes.map(\.header.record))
        let audiences = try records.sorted().flatMap { try audienceSeen(of: $0, db).map(\.record) }
        return HeldEntry(name: name, work: work, audiences: Set(audiences).sorted())
      }
    }
  }

  /// Confirms an own entry that is held: it is written anew, with the original as its origin, by a change
  /// that says who may read its record as far as is known now. What it builds on is confirmed with it: held
  /// entries before it that went into one of its records.
  ///
  /// - Parameter now: milliseconds since 1970 by this device's clock.
  /// - Returns: the records that it goes into; `nil` when nothing is held under this name, or not here.
  /// - Throws: `StorageError`, and then nothing is written.
  public func confirmHeld(_ name: QuarantineName, at now: Int64) throws -> Set<Identifier>? {
    try writing { db, staged in
      let meta = try meta(db)
      var chosen: [OwnEntry] = []
      var records: Set<Identifier> = []
      for number in try heldRows(db).reversed() {
        guard let entry = try ownEntries(from: number, before: number + 1, db).first else { continue }
        let isNamed = try heldName(ofRow: number, db) == name
        let own = Set(entry.changes.map(\.change.header.record))
        guard isNamed || !chosen.isEmpty && !own.isDisjoint(with: records) else { continue }
        chosen.append(entry)
        records.formUnion(own)
      }
      guard !chosen.isEmpty, try chosen.allSatisfy({ try isHere($0, staged, db) }) else { return nil }
      for entry in chosen.reversed() {
        let names = try self.originals(namedBy: entry, db)
        let reissue = Reissue(
          by: meta.actor, author: meta.account, tenant: meta.tenant, at: now, after: nil, originals: names)
        let originals = try entry.changes.map { own in
          Reissue.Original(
            change: own.change, previous: try previous(of: own, meta, db),
            audienceSeen: try audienceConfirmed(own.change.header.record, staged, db))
        }
        try write(originals, by: reissue, meta, now, &staged, db)
        try set(.superseded, entry.head.entries, db)
      }
      return records
    }
  }

  /// Notes that the server took word that an own entry is not to be confirmed.
  ///
  /// - Throws: `StorageError`, and then nothing is stored.
  public func withdrawn(_ name: QuarantineName) throws {
    try apply([QuarantineDecision(name: name, outcome: .refused(.withdrawn), decidedAt: 0)])
  }

  /// Whether an entry's records are here to be written to.
  private func isHere(_ entry: OwnEntry, _ staged: Staged, _ db: Database) throws -> Bool {
    try entry.changes.allSatisfy { own in
      let record = own.change.header.record
      let replica = try staged.replicas[record] ?? stored(record, db)
      return !own.isSealed && replica?.exit == nil
    }
  }

  /// What is known now of who may read a record. A protected contact says so itself, and the change that
  /// confirms has its original's vector.
  private func audienceConfirmed(
    _ record: Identifier, _ staged: Staged, _ db: Database
  ) throws -> [AudienceVersion] {
    var seen = try audienceSeen(of: record, db)
    guard let replica = try staged.replicas[record] ?? stored(record, db), let facts = replica.facts,
      RecordKind(rawValue: facts.kind) == .protectedContact
    else { return seen }
    seen.removeAll { $0.record == record }
    seen.append(AudienceVersion(record: record, version: replica.shown.version))
    return seen.sorted { $0.record < $1.record }
  }

  private func heldRows(_ db: Database) throws -> [UInt64] {
    try db.all("SELECT number FROM entry WHERE status = 6 ORDER BY number", []) { try $0.unsigned(0) }
  }

  private func heldName(ofRow number: UInt64, _ db: Database) throws -> QuarantineName? {
    try db.first(
      """
      SELECT c.actor, e.quarantined_as FROM entry e JOIN change c ON c.id = e.first_change
      WHERE e.number = ? AND e.status = 6
      """, [.bits(number)]
    ) { QuarantineName(actor: try $0.actor(0), entry: try $0.unsigned(1)) }
  }
}
