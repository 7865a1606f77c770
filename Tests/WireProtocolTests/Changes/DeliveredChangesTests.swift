import CRDT
import Foundation
import SwiftProtobuf
import Testing

@testable import WireProtocol

/// Changes with their verdicts; void ones tell what the chain needs and nothing else.
@Suite struct DeliveredChangesTests {
  @Test func acceptedChangesComeBackWhole() throws {
    for seed in UInt64(0)..<400 {
      var random = SplitMix64(seed: seed)
      let delivered = random.deliveredRun(epoch: Format.epoch)
      var packer = ChangePacker()
      for change in delivered { packer.append(change) }
      let decoded = try ChangeUnpacker.delivered(packer.encoded, epoch: Format.epoch)
      #expect(decoded.count == delivered.count)
      for (got, sent) in zip(decoded, delivered) where sent.voidDigest == nil {
        #expect(got == sent, "seed \(seed)")
      }
      for (got, sent) in zip(decoded, delivered) where sent.voidDigest != nil {
        #expect(got.voidDigest == sent.voidDigest && got.payload == nil, "seed \(seed)")
        #expect(got.header.record == sent.header.record && got.header.id == sent.header.id)
        #expect(got.receivedAt == sent.receivedAt && got.seal == sent.seal)
      }
    }
  }

  @Test func theGeneratedCodeReadsTheStamp() throws {
    var random = SplitMix64(seed: 3)
    let delivered = random.deliveredRun(epoch: Format.epoch)
    var packer = ChangePacker()
    for change in delivered { packer.append(change) }
    let wire = try WireDeliveredChanges(serializedBytes: packer.encoded)
    var received: Int64 = 0
    for (item, sent) in zip(wire.changes, delivered) {
      received &+= item.receivedAfter
      #expect(received == sent.receivedAt)
      #expect(item.sealedPosition == sent.seal.sealedPosition)
      #expect(item.mac == Data(sent.seal.mac.bytes))
      #expect(item.voidDigest == Data(sent.voidDigest?.bytes ?? []))
    }
  }

  @Test func aVoidChangeTellsNeitherVectorNorFacts() throws {
    var random = SplitMix64(seed: 9)
    var version = VersionVector()
    for _ in 0..<1_000 { version[setting: ActorID(rawValue: random.next())] = 7 }
    let header = ChangeHeader(
      record: random.identifier(), id: ChangeID(actor: ActorID(rawValue: 1), number: 2),
      author: random.identifier(), writtenAt: 5, version: version, creates: random.facts())
    var packer = ChangePacker()
    packer.append(
      DeliveredChange(
        header: header, payload: nil, receivedAt: 6, seal: random.seal(epoch: Format.epoch),
        voidDigest: random.digest()))
    #expect(packer.byteCount < 150)
    let wire = try WireDeliveredChanges(serializedBytes: packer.encoded).changes[0].change
    #expect(!wire.hasCreates && !wire.versionFollows && wire.version.isEmpty && wire.payload.isEmpty)
  }

  @Test func aVoidChangeHasNoPayloadAndNoFacts() throws {
    for hasFacts in [false, true] {
      var item = try Self.item()
      item.voidDigest = Data(repeating: 3, count: 32)
      if !hasFacts { item.change.clearCreates() }
      item.change.payload = hasFacts ? Data() : Data([1])
      expectMalformed(item)
    }
  }

  /// A digest of another length is not the absence of one, or a void change would be an accepted one.
  @Test(arguments: [1, 31, 33]) func aBrokenVoidDigestIsRefused(count: Int) throws {
    var item = try Self.item()
    item.voidDigest = Data(repeating: 3, count: count)
    expectMalformed(item)
  }

  @Test func stampsAreNotOptional() throws {
    var item = try Self.item()
    item.mac = Data()
    expectMalformed(item)
    item = try Self.item()
    item.clearChange()
    expectMalformed(item)
  }

  private static func item() throws -> WireDeliveredChange {
    var random = SplitMix64(seed: 4)
    let header = random.header(creates: random.facts())
    var item = WireDeliveredChange()
    item.change = WirePackedChange(
      whole: EncodedChange(header: header, payload: random.payload().encoded), writtenAfter: 0)
    item.mac = Data(random.bytes(16))
    return item
  }

  private func expectMalformed(_ item: WireDeliveredChange) {
    var wire = WireDeliveredChanges()
    wire.changes = [item]
    #expect(throws: ProtocolError.malformed) {
      try ChangeUnpacker.delivered(wire.serializedBytes(), epoch: Format.epoch)
    }
  }
}
