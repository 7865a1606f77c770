import CRDT
import WireProtocol

/// Changes of as many devices, each of which writes one field without having seen another's.
struct FieldStorm {
  static let field = FieldID(rawValue: 1_000)

  let record = Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
  private let tenant = Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
  /// The changes as one message carries them.
  let packed: [UInt8]

  init(devices: Int) {
    var packer = ChangePacker()
    for number in 0..<devices {
      let value = Value.integer(Int64(number))
      let payload = Payload(
        salt: Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max)),
        operations: [Operation(field: Self.field, action: .assign(value))])
      let header = ChangeHeader(
        record: record, id: ChangeID(actor: ActorID(rawValue: .random(in: 1 ... .max)), number: 1),
        author: Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max)),
        writtenAt: 1_600_000_000_000 + Int64(number), version: VersionVector())
      packer.append(EncodedChange(header: header, payload: payload.encoded))
    }
    packed = packer.encoded
  }

  /// Decodes, chains and merges the changes.
  func merged() throws -> RecordSnapshot {
    var snapshot = RecordSnapshot(record: record)
    for change in try ChangeUnpacker.changes(packed) {
      let actor = change.header.id.actor
      let digest = change.digest(after: snapshot.digest(of: actor, tenant: tenant))
      try snapshot.accept(
        try change.decoded(), creates: nil, head: RecordSnapshot.Head(id: change.header.id, digest: digest))
    }
    return snapshot
  }
}
