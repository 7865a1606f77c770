import CRDT
import GRDB
import Replication
import WireProtocol

/// What of a segment stands open: whose changes they are, their numbers, positions, digests and stamps. The
/// log and the journals are checked by it, also where what the changes say was erased.
struct SegmentStamps {
  let record: Int64
  let actor: Int64
  /// The number of the last change.
  let number: UInt64
  let run: UInt64
  let epoch: Identifier
  /// One a change, in order of number and position; never empty.
  let stamps: [StampCoding.Stamp]

  static let columns = "id, record, actor, number, last, changes, run, epoch, stamps"

  /// Reads a row and compares its columns with what stands in it.
  ///
  /// - Throws: `damaged` when they do not fit.
  init(_ row: ResultRow, epochs: RowNumbers<Identifier>) throws {
    record = try row.integer(1)
    actor = try row.integer(2)
    number = try row.unsigned(3)
    run = try row.unsigned(6)
    epoch = try epochs.key(try row.integer(7))
    stamps = try StampCoding.decode(try row.blob(8))
    guard let first = stamps.first, let last = stamps.last, first.position == (try row.unsigned(0)),
      last.position == (try row.unsigned(4)), Int64(stamps.count) == (try row.integer(5)),
      UInt64(stamps.count) <= number
    else { throw StorageError(.damaged) }
  }

  /// The position of the first change.
  var first: UInt64 { stamps.first?.position ?? 0 }

  /// The stamp of the change of a number; `nil` when it is not one of these.
  func stamp(of wanted: UInt64) -> StampCoding.Stamp? {
    guard wanted <= number, number - wanted < UInt64(stamps.count) else { return nil }
    return stamps[stamps.count - 1 - Int(number - wanted)]
  }

  /// The number of the change at a place.
  func number(at index: Int) -> UInt64 { number - UInt64(stamps.count - 1 - index) }

  /// The server's seal on a change.
  func seal(_ stamp: StampCoding.Stamp) -> Seal {
    Seal(epoch: epoch, sealedPosition: stamp.sealedPosition, mac: stamp.mac)
  }

  /// The names of the changes that a row's columns say, for one that does not decode.
  static func names(_ row: ResultRow, actors: RowNumbers<ActorID>) -> [ChangeID] {
    guard let actor = try? actors.key(try row.integer(2)), let last = try? row.unsigned(3),
      let count = try? row.unsigned(5), count > 0, count <= UInt64(Segment.changesMax), count <= last
    else { return [] }
    return (last - count + 1...last).map { ChangeID(actor: actor, number: $0) }
  }
}
