import CRDT
import CaseModel
import GRDB
import WireProtocol

/// A record's rows as they are stored, to be compared with what its changes make.
struct StoredRecord {
  let id: Identifier
  let kind: Int64?
  let placement: Int64
  let home: Identifier?
  let creator: Identifier?
  let about: [Identifier]
  let informationType: Int64
  let receivedAt: Int64?
  let created: Int64?
  let createdPosition: UInt64?
  let head: UInt64
  let tail: Int64
  /// The snapshot; `nil` when it is not what was stored.
  let content: [UInt8]?
  let snapshotPosition: UInt64

  static let query = """
    SELECT r.wire, r.kind, r.placement, r.home, r.creator, r.about, r.information_type, r.received_at,
      r.created, r.created_position, r.head_position, r.tail, s.content, r.key_id, s.position
    FROM record r JOIN snapshot s ON s.record = r.id WHERE r.id = ?
    """

  /// - Throws: `StorageError`: `erased`, `keyMissing`, `foreignKey`, `damaged`.
  init(row: ResultRow, keys: RecordKeys) throws {
    id = try row.identifier(0)
    kind = row.optionalInteger(1)
    placement = try row.integer(2)
    home = try row.optionalIdentifier(3)
    creator = try row.optionalIdentifier(4)
    about = try AboutCoding.decode(try row.blob(5))
    informationType = try row.integer(6)
    receivedAt = row.optionalInteger(7)
    created = row.optionalInteger(8)
    createdPosition = row.optionalInteger(9).map { UInt64(bitPattern: $0) }
    head = try row.unsigned(10)
    tail = try row.integer(11)
    let seal = try keys.seal(of: id, try row.key(13))
    content = try? seal.open(try row.sealed(12), at: .snapshot)
    snapshotPosition = try row.unsigned(14)
  }

  func matches(_ replayed: RecordSnapshot, factsAt position: UInt64?, head: UInt64, tail: Int64) -> Bool {
    let facts = replayed.facts
    return kind == facts.map { Int64($0.kind) } && home == facts?.caseID && creator == replayed.creator
      && about == facts?.about ?? [] && informationType == Int64(facts?.informationType ?? 0)
      && receivedAt == replayed.storedReceivedAt && created == facts?.created
      && (createdPosition == nil) == (position == nil) && self.head == head && self.tail == tail
      && placement == ServerSchema.Placement(of: replayed).rawValue
  }
}

extension ServerSchema.Placement {
  /// Where a record lies, as far as its facts are known.
  init(of snapshot: RecordSnapshot) {
    guard let reference = snapshot.reference(person: { _ in nil }) else {
      self = .nowhere
      return
    }
    self.init(of: reference)
  }
}
