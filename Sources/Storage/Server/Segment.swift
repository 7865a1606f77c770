import CRDT
import GRDB
import Replication
import WireProtocol

/// Changes of one actor in one record that came together, as one row: their numbers follow each other, and
/// their payloads stand as they were received, each on its own within the run.
///
/// One record a segment: a record's history is read without another's, and one key seals it.
struct Segment {
  /// Beyond these a segment ends, so that reading or erasing one change never costs more.
  static let changesMax = 128
  static let payloadBytesMax = 65_536

  let record: Int64
  let actor: Int64
  /// The position of the first change of the run that the segment was stored with.
  let run: UInt64
  /// The changes, in order of number and position.
  private(set) var changes: [StoredChange]

  init(record: Int64, actor: Int64, run: UInt64, changes: [StoredChange]) {
    self.record = record
    self.actor = actor
    self.run = run
    self.changes = changes
  }

  /// What stands open, what is sealed, and what opens it: the record's key and its name.
  static let columns = """
    \(SegmentStamps.columns), packed, (SELECT key_id FROM record WHERE record.id = segment.record),
    (SELECT wire FROM record WHERE record.id = segment.record)
    """

  /// Reads and opens a row.
  ///
  /// - Throws: `StorageError`: `erased` when the record's key was destroyed, `keyMissing`, `foreignKey`;
  ///   `damaged` when it is not what was stored.
  init(_ row: ResultRow, epochs: RowNumbers<Identifier>, keys: RecordKeys) throws {
    let stamps = try SegmentStamps(row, epochs: epochs)
    let seal = try keys.seal(of: try row.identifier(11), try row.key(10))
    try self.init(stamps, packed: try seal.open(try row.sealed(9), at: .segment(first: stamps.first)))
    guard changes.allSatisfy({ $0.header.record == seal.record }) else { throw StorageError(.damaged) }
  }

  /// Compares what stands open with what was sealed.
  ///
  /// - Throws: `damaged` when they do not fit.
  init(_ segment: SegmentStamps, packed: [UInt8]) throws {
    record = segment.record
    actor = segment.actor
    run = segment.run
    let unpacked: [EncodedChange]
    do {
      unpacked = try ChangeUnpacker.changes(packed)
    } catch is ProtocolError {
      throw StorageError(.damaged)
    }
    guard unpacked.count == segment.stamps.count, unpacked.last?.header.id.number == segment.number else {
      throw StorageError(.damaged)
    }
    changes = try zip(unpacked, segment.stamps).map { try StoredChange($0, $1, epoch: segment.epoch) }
  }

  func write(_ db: Database, epochs: inout RowNumbers<Identifier>, sealing seal: RecordSeal) throws {
    guard let first = changes.first?.position else { return }
    try write(db, epochs: &epochs, packed: .sealed(try seal.seal(packed, at: .segment(first: first))))
  }

  /// - Parameter packed: the changes, as they are to stand in the row.
  func write(_ db: Database, epochs: inout RowNumbers<Identifier>, packed: BoundValue) throws {
    guard let first = changes.first, let last = changes.last else { return }
    try db.run(
      """
      INSERT OR REPLACE INTO segment (id, record, actor, number, last, changes, run, epoch, packed, stamps)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .bits(first.position), .integer(record), .integer(actor), .bits(last.header.id.number),
        .bits(last.position), .integer(changes.count), .bits(run),
        .integer(try epochs.row(first.seal.epoch, in: db)), packed,
        .blob(StampCoding.encode(changes.map(\.stamp))),
      ])
  }

  /// Headers, payloads and origins, as they are sealed.
  var packed: [UInt8] {
    var packer = ChangePacker()
    for change in changes {
      // Where there is no payload its digest stands for it: the chain can still be recomputed.
      packer.append(
        EncodedChange(
          header: change.header, payload: change.payload ?? change.payloadDigest?.bytes ?? [],
          origin: change.origin))
    }
    return packer.encoded
  }

  /// Takes a payload out and leaves its digest.
  ///
  /// - Returns: whether there was one.
  mutating func erase(_ change: ChangeID) -> Bool {
    guard let index = changes.firstIndex(where: { $0.header.id == change }), changes[index].payload != nil
    else { return false }
    changes[index].erase()
    return true
  }
}
