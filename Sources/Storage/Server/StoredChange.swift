import CRDT
import GRDB
import Replication
import WireProtocol

/// A change as the server's log keeps it.
struct StoredChange {
  let header: ChangeHeader
  /// `nil` when the change is void or its payload was erased; then its digest is there.
  private(set) var payload: [UInt8]?
  private(set) var payloadDigest: Digest?
  private(set) var stamp: StampCoding.Stamp
  let seal: Seal
  /// What the change stands for, if it stands for another.
  let origin: ChangeOrigin?

  init(_ judged: JudgedChange) {
    header = judged.change.header
    origin = judged.change.origin
    seal = judged.seal
    stamp = StampCoding.Stamp(
      position: judged.position, receivedAt: judged.receivedAt, isAccepted: judged.isAccepted,
      isErased: false, sealedPosition: judged.seal.sealedPosition, mac: judged.seal.mac, digest: judged.digest
    )
    if judged.isAccepted {
      payload = judged.change.payload
    } else {
      payloadDigest = judged.payloadDigest ?? Digest(hashing: judged.change.payload)
    }
  }

  /// - Throws: `damaged` when what stands for a payload is not a digest.
  init(_ change: EncodedChange, _ stamp: StampCoding.Stamp, epoch: Identifier) throws {
    header = change.header
    origin = change.origin
    self.stamp = stamp
    seal = Seal(epoch: epoch, sealedPosition: stamp.sealedPosition, mac: stamp.mac)
    guard !stamp.isAccepted || stamp.isErased else {
      payload = change.payload
      return
    }
    guard let digest = Digest(bytes: change.payload) else { throw StorageError(.damaged) }
    payloadDigest = digest
  }

  var position: UInt64 { stamp.position }
  var digest: Digest { stamp.digest }
  var receivedAt: Int64 { stamp.receivedAt }
  var isAccepted: Bool { stamp.isAccepted }
  var isErased: Bool { stamp.isErased }

  /// Puts the digest of the payload in its place.
  mutating func erase() {
    guard let payload else { return }
    payloadDigest = Digest(hashing: payload)
    self.payload = nil
    stamp = StampCoding.Stamp(
      position: position, receivedAt: receivedAt, isAccepted: isAccepted, isErased: true,
      sealedPosition: seal.sealedPosition, mac: seal.mac, digest: digest)
  }

  /// Whether the row is what was stored, given the digest of the actor's change before.
  func follows(_ previous: Digest) -> Bool {
    guard let payloadDigest = payload.map({ Digest(hashing: $0) }) ?? payloadDigest else { return false }
    return digest
      == Chain.digest(after: previous, header: header.canonicalBytes, payloadDigest: payloadDigest)
  }

  var delivered: DeliveredChange {
    DeliveredChange(
      header: header, payload: payload, receivedAt: receivedAt, seal: seal,
      voidDigest: isAccepted ? nil : digest, origin: isAccepted ? origin : nil)
  }

  var head: RecordSnapshot.Head {
    RecordSnapshot.Head(
      id: header.id, digest: digest, receivedAt: receivedAt, isAccepted: isAccepted, seal: seal)
  }
}

extension RecordSnapshot {
  /// Takes in the next change of the log.
  mutating func apply(_ stored: StoredChange) throws {
    guard let payload = stored.payload else {
      guard stored.isAccepted else { return try void(head: stored.head) }
      // Erased: what it did is gone, that it was there is not.
      let context = ChangeContext(
        id: stored.header.id, version: stored.header.version, author: stored.header.author,
        writtenAt: stored.header.writtenAt, receivedAt: stored.receivedAt, seal: stored.seal)
      return try accept(
        Change(context: context, operations: []), creates: stored.header.creates, head: stored.head)
    }
    let change = try EncodedChange(header: stored.header, payload: payload, origin: stored.origin)
      .decoded(receivedAt: stored.receivedAt, seal: stored.seal)
    try accept(change, creates: stored.header.creates, head: stored.head)
  }

  /// Whether the record is the same but for what it says.
  func agrees(with other: RecordSnapshot) -> Bool {
    record == other.record && facts == other.facts && creator == other.creator && heads == other.heads
      && state.version == other.state.version
  }
}
