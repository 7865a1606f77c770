import CRDT
import CaseModel
import Replication
public import WireProtocol

extension ServerStore {
  /// The card by which other tenants know this one.
  public var card: TenantCard { TenantCard(tenant: tenant.id, key: tenant.signingKey, name: tenant.name) }

  /// Writes the cases that two leaders have moved to another tenant into a file that it alone can open,
  /// signed by this one (R51; `Protocol/transfer.md`).
  ///
  /// Nothing changes here: who read the cases lost them when the transfer was confirmed. The file can be made
  /// again; what was taken in here meanwhile is in the next one.
  ///
  /// - Parameters:
  ///   - card: the other tenant's.
  ///   - file: the file to make; there must be none of that name.
  ///   - now: milliseconds since 1970.
  /// - Throws: `TransferError`: `nothingToSend`, `ownCard`, `unproven`, `cameBack`;
  ///   `BundleError`; `StorageError`.
  public func send(to card: TenantCard, file: String, at now: Int64) throws -> TransferSummary {
    guard card.tenant != tenant.id else { throw TransferError(.ownCard) }
    let state = try load().governing
    let cases = state.casesMoved(to: card.fingerprint, of: card.tenant)
    guard !cases.isEmpty else { throw TransferError(.nothingToSend) }
    let contents = try TransferContents(of: cases, to: card.tenant, in: self, state)
    let writer = try BundleWriter(path: file, sealedTo: card.agreementKey) {
      BundleHeader(kind: .transfer, tenant: card.tenant, actor: ActorID(rawValue: 0), encapsulatedKey: $0)
    }
    let statement = TransferStatement(
      tenant: tenant.id, signingKey: tenant.signingKey.publicKey, name: tenant.name, writtenAt: now,
      cases: cases, actors: contents.actors.sorted { $0.rawValue < $1.rawValue })
    try writer.append(
      statement.opening(signedWith: tenant.signingKey, over: writer.header).serializedBytes())
    for handover in contents.handovers { try writer.append(Self.message(of: handover)) }
    var summary = TransferSummary(other: card.name, cases: cases, unfinished: contents.unfinished)
    summary.note(contents.handovers)
    for record in contents.records {
      summary.records += 1
      summary.changes += try write(record, to: writer)
    }
    for record in contents.attachments where try writeBytes(of: record, to: writer) {
      summary.attachments += 1
    }
    try writer.append(summary.end.serializedBytes())
    summary.fileBytes = try writer.finish()
    return summary
  }

  /// - Throws: `TransferError` `unproven` for one that fills a message by itself.
  private static func message(of handover: Handover) throws -> [UInt8] {
    let bytes: [UInt8] = try handover.message.serializedBytes()
    guard bytes.count <= Limits.messageBytes else { throw TransferError(.unproven) }
    return bytes
  }

  /// - Returns: how many changes it has.
  private func write(_ record: Identifier, to writer: BundleWriter) throws -> Int {
    let changes = try offeredChanges(of: record)
    var message = TransferTransferMessage()
    var bytes = 0
    for change in changes {
      let next = change.message
      let count = try next.serializedData().count + 16
      if bytes > 0, bytes + count > Limits.messageBytes / 2 {
        try writer.append(message.serializedBytes())
        message = TransferTransferMessage()
        bytes = 0
      }
      message.changes.changes.append(next)
      bytes += count
    }
    if bytes > 0 { try writer.append(message.serializedBytes()) }
    return changes.count
  }

  private func writeBytes(of record: Identifier, to writer: BundleWriter) throws -> Bool {
    guard let attachment = try attachment(record), attachment.isComplete else { return false }
    try writer.append(
      TransferTransferMessage.with {
        $0.attachment.record = .init(record.bytes)
        $0.attachment.actor = attachment.actor.rawValue
        $0.attachment.size = attachment.upload.size
        $0.attachment.digest = .init(attachment.upload.digest.bytes)
      }.serializedBytes())
    var offset: UInt64 = 0
    while offset < attachment.stored {
      let piece = try content(of: record, at: offset, count: Limits.chunkBytes)
      guard !piece.isEmpty else { throw StorageError(.damaged, record: record) }
      let chunk = AttachmentChunk(attachment: record, offset: offset, content: piece)
      try writer.append(TransferTransferMessage.with { $0.chunk = chunk.message }.serializedBytes())
      offset = chunk.end
    }
    return true
  }
}

extension TransferSummary {
  /// The last message of the file.
  var end: TransferTransferMessage {
    .with {
      $0.end.records = UInt64(records)
      $0.end.changes = UInt64(changes)
      $0.end.attachments = UInt64(attachments)
    }
  }
}
