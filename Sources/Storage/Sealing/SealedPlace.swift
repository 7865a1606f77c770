import CRDT

/// Where in a client's store a sealed value stands: table, column and row. It is authenticated with the
/// value, so that one that was moved does not open.
enum SealedPlace: Hashable, Sendable {
  /// A row of `meta`.
  case meta(ReplicaMeta.Part)
  /// What the server confirmed of a record.
  case snapshot(of: Identifier)
  /// Header, payload and origin of a change, in the record of a row.
  case change(recordRow: Int64, ActorID, number: UInt64)
  /// The value of a marker.
  case marker(String)
  /// The digest of an attachment's bytes.
  case attachmentDigest(of: Identifier)
  /// A piece of an attachment, in a row of `attachment`.
  case attachmentChunk(attachment: Int64, start: UInt64)
  /// A row of `opening`.
  case opening(Int64)

  /// One encoding a place: the column's name ends with a zero, what follows has a fixed size or the end.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(56)
    bytes += "kos.store.v1 \(column)".utf8
    bytes.append(0)
    func append(_ number: UInt64) { withUnsafeBytes(of: number.bigEndian) { bytes += $0 } }
    switch self {
    case .meta(let part): bytes += part.rawValue.utf8
    case .snapshot(let record), .attachmentDigest(let record):
      append(record.high)
      append(record.low)
    case .change(let row, let actor, let number):
      append(UInt64(bitPattern: row))
      append(actor.rawValue)
      append(number)
    case .marker(let name): bytes += name.utf8
    case .attachmentChunk(let row, let start):
      append(UInt64(bitPattern: row))
      append(start)
    case .opening(let row): append(UInt64(bitPattern: row))
    }
    return bytes
  }

  private var column: String {
    switch self {
    case .meta: "meta.value"
    case .snapshot: "snapshot.content"
    case .change: "change.content"
    case .marker: "marker.value"
    case .attachmentDigest: "attachment.digest"
    case .attachmentChunk: "attachment_chunk.content"
    case .opening: "opening.content"
    }
  }
}
