import CRDT
import Testing

@testable import WireProtocol

/// What a state costs on the wire.
@Suite struct RecordStateSizeTests {
  /// Every device of many wrote one field at the same time, and all values are kept. Most of a value's bytes
  /// are its digest, its stamp and its author, which nothing makes smaller.
  @Test func aConflictOfMany() throws {
    var random = SplitMix64(seed: 1)
    var snapshot = RecordSnapshot(record: random.identifier())
    let count = 1_000
    for _ in 0..<count {
      let id = ChangeID(actor: ActorID(rawValue: random.next()), number: 1)
      let seal = random.seal(epoch: Format.epoch)
      let time: Int64 = 1_780_000_000_000
      let context = ChangeContext(
        id: id, version: VersionVector(), author: random.identifier(), writtenAt: time, receivedAt: time,
        seal: seal)
      let operation = Operation(field: FieldID(rawValue: 1), action: .assign(.integer(7)))
      try snapshot.accept(
        Change(context: context, operations: [operation]), creates: nil,
        head: .init(id: id, digest: random.digest(), receivedAt: time, seal: seal))
    }
    let bytes = snapshot.encoded
    #expect(bytes.count <= 230 * count, "\(bytes.count / count) bytes a value")
    #expect(try RecordSnapshot(encoded: bytes).encoded == bytes)
  }
}
