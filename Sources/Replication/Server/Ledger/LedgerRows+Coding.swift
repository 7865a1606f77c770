import CRDT
import WireProtocol

extension LedgerLogRows {
  init(_ rows: LedgerRows) {
    self.init()
    log = UInt32(rows.kind.rawValue)
    logID = .init(rows.log.bytes)
    first = rows.first
    self.rows = rows.rows.map(LedgerLogRow.init)
  }
}

extension LedgerRows {
  /// - Throws: `ProtocolError`: `UNSUPPORTED` for a log of a later version, `MALFORMED`.
  init(_ message: LedgerLogRows) throws {
    guard let log = Identifier(bytes: Array(message.logID)), message.first <= Limits.logRows else {
      throw ProtocolError.malformed
    }
    self.init(
      kind: try LogKind(ledger: message.log), log: log, first: message.first,
      rows: try message.rows.map(KeptLogRow.init))
  }
}

extension LogKind {
  init(ledger number: UInt32) throws {
    guard let kind = UInt8(exactly: number).flatMap(LogKind.init) else { throw ProtocolError(.unsupported) }
    self = kind
  }
}

extension LedgerLogRow {
  fileprivate init(_ row: KeptLogRow) {
    self.init()
    switch row {
    case .padding(let salt): padding = .init(salt.bytes)
    case .entry(let recordedAt, let agent, let record, let key, let event, let digest):
      self.recordedAt = recordedAt
      self.agent = .init(agent)
      if let record { self.record = .init(record.bytes) }
      self.key = key
      if let event { self.event = .init(event) }
      eventDigest = .init(digest.bytes)
    }
  }
}

extension KeptLogRow {
  fileprivate init(_ row: LedgerLogRow) throws {
    if !row.padding.isEmpty {
      guard let salt = Identifier(bytes: Array(row.padding)) else { throw ProtocolError.malformed }
      self = .padding(salt: salt)
      return
    }
    guard let digest = Digest(bytes: Array(row.eventDigest)), row.record.isEmpty || row.record.count == 16
    else { throw ProtocolError.malformed }
    self = .entry(
      recordedAt: row.recordedAt, agent: Array(row.agent), record: Identifier(bytes: Array(row.record)),
      key: row.key, event: row.event.isEmpty ? nil : Array(row.event), eventDigest: digest)
  }
}
