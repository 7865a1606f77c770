import CRDT
import WireProtocol

/// Where in a server's store a sealed value stands: which column of which record. It is authenticated with
/// the value, so that one that was moved does not open.
enum RecordPlace: Hashable, Sendable {
  /// The changes of a segment, whose first stands at a position of the log.
  case segment(first: UInt64)
  /// The record as it stood at the snapshot.
  case snapshot
  /// The digest that an attachment's bytes were declared with.
  case attachmentDigest
  /// A piece of an attachment.
  case attachmentChunk(start: UInt64)
  /// A change that waits for a person's decision, by the beginning of its digest.
  case quarantinedChange(digest: UInt64)
  /// What a row of a log of knowing says, by its place.
  case logEvent(LogKind, place: UInt64)
  /// A change in the ledger, by the beginning of its digest.
  case ledgeredChange(digest: UInt64)

  /// One encoding a place: the column's name ends with a zero, what follows has a fixed size.
  func encoded(in record: Identifier) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(64)
    bytes += "kos.record.v1 ".utf8
    bytes += column.utf8
    bytes.append(0)
    bytes += record.bytes
    withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
    return bytes
  }

  private var column: String {
    switch self {
    case .segment: "segment.packed"
    case .snapshot: "snapshot.content"
    case .attachmentDigest: "attachment.digest"
    case .attachmentChunk: "attachment_chunk.content"
    case .quarantinedChange: "quarantined_change.content"
    case .logEvent(.delivered, _): "knowing_row.event delivered"
    case .logEvent(.opened, _): "knowing_row.event opened"
    case .ledgeredChange: "ledger.governing_change"
    }
  }

  private var number: UInt64 {
    switch self {
    case .segment(let first): first
    case .attachmentChunk(let start): start
    case .quarantinedChange(let digest), .ledgeredChange(let digest): digest
    case .logEvent(_, let place): place
    case .snapshot, .attachmentDigest: 0
    }
  }
}
