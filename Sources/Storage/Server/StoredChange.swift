import CRDT
import GRDB
import WireProtocol

/// A row of the server's log.
struct StoredChange {
  let position: UInt64
  let headerBytes: [UInt8]
  let header: ChangeHeader
  /// `nil` when the change is void.
  let payload: [UInt8]?
  let payloadDigest: Digest?
  let digest: Digest
  let receivedAt: Int64
  let isAccepted: Bool
  let seal: Seal

  static let columns =
    "position, header, payload, payload_digest, digest, received_at, accepted, epoch, sealed, mac"

  init(_ row: ResultRow, epochs: RowNumbers<Identifier>) throws {
    position = try row.unsigned(0)
    headerBytes = try row.blob(1)
    header = try ChangeHeader(canonicalBytes: headerBytes)
    isAccepted = try row.integer(6) == 1
    payload = isAccepted ? try row.blob(2) : nil
    payloadDigest = isAccepted ? nil : try row.digest(3)
    digest = try row.digest(4)
    receivedAt = try row.integer(5)
    seal = Seal(
      epoch: try epochs.key(try row.integer(7)), sealedPosition: try row.unsigned(8),
      mac: try row.identifier(9))
  }

  /// Whether the row is what was stored, given the digest of the actor's change before.
  func follows(_ previous: Digest) -> Bool {
    guard let payloadDigest = payload.map({ ChangeDigest.of($0) }) ?? payloadDigest else { return false }
    return digest == ChangeDigest.after(previous, header: headerBytes, payloadDigest: payloadDigest)
  }

  var delivered: DeliveredChange {
    DeliveredChange(
      header: header, payload: payload, receivedAt: receivedAt, seal: seal,
      voidDigest: isAccepted ? nil : digest)
  }

  var head: RecordSnapshot.Head {
    RecordSnapshot.Head(
      id: header.id, digest: digest, receivedAt: receivedAt, isAccepted: isAccepted, seal: seal)
  }
}

extension RecordSnapshot {
  /// Takes in the next change of the log.
  mutating func apply(_ stored: StoredChange) throws {
    guard let payload = stored.payload else { return try void(head: stored.head) }
    let change = try EncodedChange(header: stored.header, payload: payload)
      .decoded(receivedAt: stored.receivedAt, seal: stored.seal)
    try accept(change, creates: stored.header.creates, head: stored.head)
  }
}
