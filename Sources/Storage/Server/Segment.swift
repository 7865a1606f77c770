import CRDT
import GRDB
import Replication
import WireProtocol

/// Changes of one actor in one record that came together, as one row: their numbers follow each other, and
/// their payloads stand as they were received, each on its own within the run.
///
/// One record a segment: a record's history is read without another's, and one key can seal it.
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

  static let columns = "id, record, actor, number, last, changes, run, epoch, packed, stamps"

  /// Reads a row and compares its columns with what stands in it.
  ///
  /// - Throws: `damaged` when they do not fit.
  init(_ row: ResultRow, epochs: RowNumbers<Identifier>) throws {
    record = try row.integer(1)
    actor = try row.integer(2)
    run = try row.unsigned(6)
    let epoch = try epochs.key(try row.integer(7))
    let packed: [EncodedChange]
    do {
      packed = try ChangeUnpacker.changes(try row.blob(8))
    } catch is ProtocolError {
      throw StorageError(.damaged)
    }
    let stamps = try StampCoding.decode(try row.blob(9))
    guard packed.count == stamps.count, let first = stamps.first, let last = stamps.last,
      let number = packed.last?.header.id.number, first.position == (try row.unsigned(0)),
      last.position == (try row.unsigned(4)), number == (try row.unsigned(3)),
      Int64(stamps.count) == (try row.integer(5))
    else { throw StorageError(.damaged) }
    changes = try zip(packed, stamps).map { try StoredChange($0, $1, epoch: epoch) }
  }

  func write(_ db: Database, epochs: inout RowNumbers<Identifier>) throws {
    guard let first = changes.first, let last = changes.last else { return }
    try db.run(
      """
      INSERT OR REPLACE INTO segment (id, record, actor, number, last, changes, run, epoch, packed, stamps)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .bits(first.position), .integer(record), .integer(actor), .bits(last.header.id.number),
        .bits(last.position), .integer(changes.count), .bits(run),
        .integer(try epochs.row(first.seal.epoch, in: db)), .blob(packed),
        .blob(StampCoding.encode(changes.map(\.stamp))),
      ])
  }

  private var packed: [UInt8] {
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

  /// The names of the changes that a row's columns say, for one that does not decode.
  static func names(_ row: ResultRow, actors: RowNumbers<ActorID>) -> [ChangeID] {
    guard let actor = try? actors.key(try row.integer(2)), let last = try? row.unsigned(3),
      let count = try? row.unsigned(5), count > 0, count <= UInt64(changesMax), count <= last
    else { return [] }
    return (last - count + 1...last).map { ChangeID(actor: actor, number: $0) }
  }
}
