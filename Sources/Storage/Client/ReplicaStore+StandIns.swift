import CRDT
import GRDB
import Replication
import WireProtocol

/// Own changes that have their effect under another name: a copy of this device brought them in first, or
/// they were written again here. What was written on in a text of theirs names characters that nobody else
/// knows (decision 0032).
extension ReplicaStore {
  /// Whether a change names characters of one that stands elsewhere, or is to.
  func buildsOnStandIn(_ change: EncodedChange, _ db: Database) throws -> Bool {
    try named(by: change).contains { try standing(of: $0, in: change.header.record, db) == .elsewhere }
  }

  /// Whether a change names characters of one that was written again, and refused for good.
  func buildsOnRefused(_ change: EncodedChange, _ db: Database) throws -> Bool {
    try named(by: change).contains { try standing(of: $0, in: change.header.record, db) == .nowhere }
  }

  /// The first originals of the changes that an entry names and that stand elsewhere, by record.
  func originals(namedBy entry: OwnEntry, _ db: Database) throws -> [Identifier: [ChangeID: ChangeID]] {
    var originals: [Identifier: [ChangeID: ChangeID]] = [:]
    for own in entry.changes {
      let record = own.change.header.record
      for name in try named(by: own.change) {
        guard let written = try written(name, in: record, db), written.standsElsewhere else { continue }
        originals[record, default: [:]][name] = written.original
      }
    }
    return originals
  }

  /// The changes whose characters a change names; none of one that only the tenant can read.
  private func named(by change: EncodedChange) throws -> Set<ChangeID> {
    change.payload.isEmpty ? [] : try Payload(encoded: change.payload).namedChanges
  }

  /// Where an own change has its effect.
  private enum Standing {
    /// Under its own name, as far as is known, or it is not an own one.
    case here
    case elsewhere
    case nowhere
  }

  private func standing(of change: ChangeID, in record: Identifier, _ db: Database) throws -> Standing {
    guard let written = try written(change, in: record, db), written.standsElsewhere else { return .here }
    let again = try ownChanges(in: record, of: change.actor, after: change.number, db).last {
      $0.original == written.original
    }
    // One that was refused has no effect either once its author let go of it.
    guard let again, again.entryStatus == .void || again.entryStatus == .withdrawn else { return .elsewhere }
    return .nowhere
  }

  private func written(_ change: ChangeID, in record: Identifier, _ db: Database) throws -> WrittenChange? {
    guard change.number > 0 else { return nil }
    let after = try ownChanges(in: record, of: change.actor, after: change.number - 1, limit: 1, db)
    return after.first.flatMap { $0.id == change ? $0 : nil }
  }

  /// An own change, as what is written on in it needs to know it.
  private struct WrittenChange {
    let id: ChangeID
    /// The first original; the change itself when it stands for none.
    let original: ChangeID
    /// What became of its entry.
    let entryStatus: ReplicaSchema.Status

    var standsElsewhere: Bool { entryStatus == .superseded || entryStatus == .awaiting }
  }

  private func ownChanges(
    in record: Identifier, of actor: ActorID, after number: UInt64, limit: Int64 = -1, _ db: Database
  ) throws -> [WrittenChange] {
    try db.all(
      """
      SELECT e.status, c.record, c.actor, c.number, c.content FROM change c
        JOIN record r ON r.id = c.record JOIN entry e ON e.number = c.entry
      WHERE r.wire = ? AND c.actor = ? AND c.number > ? ORDER BY c.number LIMIT ?
      """, [.blob(record), .bits(actor), .bits(number), .integer(limit)]
    ) { row in
      let content = try content(of: row, from: 1, in: record)
      let id = ChangeID(actor: try row.actor(2), number: try row.unsigned(3))
      guard let status = ReplicaSchema.Status(rawValue: try row.integer(0)) else {
        throw StorageError(.damaged, record: record, change: id)
      }
      let origin = try content.origin.map { try ChangeOrigin(encoded: $0) }
      return WrittenChange(id: id, original: origin?.header.id ?? id, entryStatus: status)
    }
  }
}
