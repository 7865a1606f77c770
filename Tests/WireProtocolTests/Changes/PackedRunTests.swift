import CRDT
import Testing

@testable import WireProtocol

/// What is encoded once for many is what each of them would have been sent.
@Suite struct PackedRunTests {
  /// A run of one record with stubs in it, and what stands before it in somebody's delivery.
  private func draw(_ random: inout SplitMix64) -> (run: [DeliveredChange], before: [DeliveredChange]) {
    let record = random.identifier()
    let run = random.deliveredRun(epoch: Format.epoch).map { $0.moved(to: record) }
    return (run, random.flip() ? random.deliveredRun(epoch: Format.epoch) : [])
  }

  @Test func copiedChangesAreEncodedAsOneByOne() throws {
    for seed in UInt64(0)..<600 {
      var random = SplitMix64(seed: seed)
      let (changes, before) = draw(&random)
      let run = PackedRun(changes, epoch: Format.epoch)
      let first = random.below(changes.count)
      var copied = ChangePacker(epoch: Format.epoch)
      var oneByOne = ChangePacker(epoch: Format.epoch)
      for change in before {
        copied.append(change)
        oneByOne.append(change)
      }
      #expect(copied.append(run, from: first, limit: .max, stop: .max) == changes.count)
      for change in changes[first...] { oneByOne.append(change) }
      // And what follows it refers to what it ended with.
      let after = random.deliveredRun(epoch: Format.epoch)
      for change in after {
        copied.append(change)
        oneByOne.append(change)
      }
      #expect(copied.encoded == oneByOne.encoded, "seed \(seed)")
    }
  }

  @Test func asManyAreAddedAsFitAndTheRestLater() throws {
    for seed in UInt64(0)..<300 {
      var random = SplitMix64(seed: seed)
      let (changes, _) = draw(&random)
      let run = PackedRun(changes, epoch: Format.epoch)
      let limit = 1 + random.below(4_000)
      let stop = 1 + random.below(limit)
      var got: [DeliveredChange] = []
      var next = 0
      while next < changes.count {
        var packer = ChangePacker(epoch: Format.epoch)
        let end = packer.append(run, from: next, limit: limit, stop: stop)
        // An empty delivery takes at least one, whatever its size.
        #expect(end > next && (packer.byteCount <= limit || end == next + 1), "seed \(seed)")
        got += try ChangeUnpacker.delivered(packer.encoded, epoch: Format.epoch)
        next = end
      }
      #expect(got.map(\.header.id) == changes.map(\.header.id), "seed \(seed)")
      #expect(got.map(\.payload) == changes.map { $0.voidDigest == nil ? $0.payload : nil })
      var full = ChangePacker(epoch: Format.epoch)
      #expect(full.append(run, from: 0, limit: limit, stop: stop, besides: stop) == 0)
    }
  }

  @Test func anEmptyRunAddsNothing() {
    var packer = ChangePacker(epoch: Format.epoch)
    #expect(packer.append(PackedRun([], epoch: nil), from: 0, limit: 10, stop: 10) == 0)
    #expect(packer.byteCount == 0)
  }
}

extension DeliveredChange {
  /// The same in another record.
  fileprivate func moved(to record: Identifier) -> DeliveredChange {
    let header = ChangeHeader(
      record: record, id: header.id, author: header.author, writtenAt: header.writtenAt,
      version: header.version, creates: header.creates)
    return DeliveredChange(
      header: header, payload: payload, receivedAt: receivedAt, seal: seal, voidDigest: voidDigest)
  }
}
