import CRDT
import GRDB
import Replication
import WireProtocol

/// A row of a log of knowing and its columns.
extension KeptLogRow {
  /// The columns that `init(_:from:)` reads.
  static let columns = "recorded_at, record, agent, event, event_digest"

  /// What the columns hold.
  var values: [BoundValue] {
    switch self {
    case .padding(let salt): [.null, .null, .blob(salt), .null, .null]
    case .entry(let recordedAt, let agent, let record, let event, let digest):
      [.integer(recordedAt), .blob(record), .blob(agent), .blob(event), .blob(digest)]
    }
  }

  /// Reads the columns, of which the first is at an index.
  ///
  /// - Throws: `damaged`
  init(_ row: ResultRow, from first: Int) throws {
    guard let recordedAt = row.optionalInteger(first) else {
      self = .padding(salt: try row.identifier(first + 2))
      return
    }
    self = .entry(
      recordedAt: recordedAt, agent: try row.blob(first + 2), record: try row.optionalIdentifier(first + 1),
      event: try row.bytes(first + 3), eventDigest: try row.digest(first + 4))
  }

  /// The row with all that can still be told of it.
  ///
  /// - Parameter seal: what opens a record's content; `nil` when its key was destroyed.
  /// - Throws: `damaged` when something is not what was sealed, or not what the leaf holds.
  func opened(
    _ kind: LogKind, at place: UInt64, seal: (Identifier) throws -> RecordSeal?
  ) throws -> LogRow {
    let blinded: LogRow
    do { blinded = try self.blinded } catch { throw StorageError(.damaged) }
    guard case .entry(_, _, let record, let event?, _) = self,
      case .entry(let recordedAt, let agent, _) = blinded
    else { return blinded }
    var content = event
    if let record {
      guard let seal = try seal(record) else { return blinded }
      content = try seal.open(
        SealedValue(stored: event), at: .logEvent(kind, place: place))
    }
    guard let part = try? LogPart(kept: content) else { throw StorageError(.damaged) }
    let told = LogRow.entry(recordedAt: recordedAt, agent: agent, event: part)
    guard told.commitment(in: kind) == blinded.commitment(in: kind) else { throw StorageError(.damaged) }
    return told
  }
}
