import CRDT
import GRDB
import Replication
import WireProtocol

/// A row of a log of knowing and its columns.
extension KeptLogRow {
  /// The columns that `init(_:from:)` reads.
  static let columns = "recorded_at, record, record_key, agent, event, event_digest"

  /// What the columns hold.
  var values: [BoundValue] {
    switch self {
    case .padding(let salt): [.null, .null, .null, .blob(salt), .null, .null]
    case .entry(let recordedAt, let agent, let record, let key, let event, let digest):
      [.integer(recordedAt), .blob(record), .bits(key), .blob(agent), .blob(event), .blob(digest)]
    }
  }

  /// Reads the columns, of which the first is at an index.
  ///
  /// - Throws: `damaged`
  init(_ row: ResultRow, from first: Int) throws {
    guard let recordedAt = row.optionalInteger(first) else {
      self = .padding(salt: try row.identifier(first + 3))
      return
    }
    self = .entry(
      recordedAt: recordedAt, agent: try row.blob(first + 3), record: try row.optionalIdentifier(first + 1),
      key: try row.unsigned(first + 2), event: try row.bytes(first + 4),
      eventDigest: try row.digest(first + 5))
  }

  /// The row with all that can still be told of it.
  ///
  /// - Parameter keys: what opens a record's content. Of one whose keys were destroyed nothing is told.
  /// - Throws: `damaged` when something is not what was sealed, or not what the leaf holds.
  func opened(
    _ kind: LogKind, at place: UInt64, with keys: RecordKeys
  ) throws -> LogRow {
    let blinded: LogRow
    do { blinded = try self.blinded } catch { throw StorageError(.damaged) }
    guard case .entry(_, _, let record, let key, let event?, _) = self,
      case .entry(let recordedAt, let agent, _) = blinded
    else { return blinded }
    var content = event
    if let record {
      guard !keys.destroyed.contains(record) else { return blinded }
      content = try keys.seal(of: record, RecordKeyID(rawValue: Int64(bitPattern: key)))
        .open(SealedValue(stored: event), at: .logEvent(kind, place: place))
    }
    guard let part = try? LogPart(kept: content) else { throw StorageError(.damaged) }
    let told = LogRow.entry(recordedAt: recordedAt, agent: agent, event: part)
    guard told.commitment(in: kind) == blinded.commitment(in: kind) else { throw StorageError(.damaged) }
    return told
  }
}
