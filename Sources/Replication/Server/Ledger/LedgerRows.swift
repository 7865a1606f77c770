public import CRDT
public import WireProtocol

/// A row of a log of knowing as a store and the ledger keep it: what it says of a record is sealed under the
/// record's key, so that erasing reaches every copy.
public enum KeptLogRow: Hashable, Sendable {
  /// A row.
  ///
  /// - `agent`: the salt and the encoding of who.
  /// - `record`: which record it is about; `nil` when none.
  /// - `key`: names the record's key that it is sealed under, which need not be the one that the record has
  ///   since a database was set back; 0 where it is not sealed.
  /// - `event`: the salt and the encoding of what, sealed where there is a record; `nil` when it was erased.
  /// - `eventDigest`: of the part, from which the leaf follows when it was erased.
  case entry(
    recordedAt: Int64, agent: [UInt8], record: Identifier?, key: UInt64, event: [UInt8]?,
    eventDigest: Digest)
  /// No row: it fills a checkpoint up.
  case padding(salt: Identifier)

  /// The row without what: its leaf follows from it.
  ///
  /// - Throws: `ProtocolError` when the agent is none.
  public var blinded: LogRow {
    get throws {
      switch self {
      case .padding(let salt): return .padding(salt: salt)
      case .entry(let recordedAt, let agent, _, _, _, let digest):
        return .entry(
          recordedAt: recordedAt, agent: try LogPart(kept: agent), event: .blinded(digest))
      }
    }
  }
}

extension LogPart {
  /// A part as it is kept: its salt, and what it says.
  ///
  /// - Throws: `ProtocolError` `MALFORMED` when there is no salt or nothing behind it.
  public init(kept bytes: [UInt8]) throws {
    guard bytes.count > 16, let salt = Identifier(bytes: bytes.prefix(16)) else {
      throw ProtocolError.malformed
    }
    self = .told(salt: salt, content: Array(bytes.dropFirst(16)))
  }

  /// A part as it is kept; `nil` of one that is blinded.
  public var kept: [UInt8]? {
    guard case .told(let salt, let content) = self else { return nil }
    return salt.bytes + content
  }
}

/// Rows that follow each other in a log of knowing, as one entry of the ledger has them.
public struct LedgerRows: Hashable, Sendable {
  /// Which log.
  public let kind: LogKind
  /// The log's name.
  public let log: Identifier
  /// The place of the first row. What stood from there on in an entry before, this takes the place of: the
  /// commit of that entry failed.
  public let first: UInt64
  /// The rows.
  public let rows: [KeptLogRow]

  /// Describes rows.
  public init(kind: LogKind, log: Identifier, first: UInt64, rows: [KeptLogRow]) {
    self.kind = kind
    self.log = log
    self.first = first
    self.rows = rows
  }
}
