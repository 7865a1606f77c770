import CRDT
import Foundation
import SwiftProtobuf
import Testing

@testable import WireProtocol

/// Runs leave out what the change before says, and say it again on the other side.
@Suite struct PackedChangesTests {
  /// The second of two changes, differing from the first in the parts that the bits name.
  private static func pair(_ bits: Int) -> [EncodedChange] {
    var random = SplitMix64(seed: UInt64(bits))
    let first = ChangeHeader(
      record: random.identifier(), id: ChangeID(actor: ActorID(rawValue: 5), number: 3),
      author: random.identifier(), writtenAt: 1_000,
      version: VersionVector(sorted: [
        ChangeID(actor: ActorID(rawValue: 2), number: 9), ChangeID(actor: ActorID(rawValue: 5), number: 2),
      ]) ?? VersionVector())
    let record = bits & 1 == 0 ? first.record : random.identifier()
    let actor = bits & 2 == 0 ? first.id.actor : ActorID(rawValue: 1)
    let continues = bits & 3 == 0
    let number = bits & 4 == 0 ? (continues ? 4 : 1) : 17
    let id = ChangeID(actor: actor, number: UInt64(number))
    var version = continues ? first.version : VersionVector()
    version[setting: actor] = id.number - 1
    if bits & 16 != 0 { version[setting: ActorID(rawValue: 77)] = 1 }
    let second = ChangeHeader(
      record: record, id: id, author: bits & 8 == 0 ? first.author : random.identifier(),
      writtenAt: bits & 32 == 0 ? 1_000 : 999, version: version,
      creates: bits & 64 == 0 ? nil : random.facts())
    return [first, second].map { EncodedChange(header: $0, payload: random.bytes(3)) }
  }

  @Test(arguments: 0..<128) func leavesOutWhatGoesWithoutSaying(bits: Int) throws {
    let changes = Self.pair(bits)
    var packer = ChangePacker()
    for change in changes { packer.append(change) }
    #expect(packer.byteCount == packer.encoded.count)
    #expect(packer.byteCount <= changes.reduce(0) { $0 + $1.packedByteCountMax })
    let wire = try WirePackedChanges(serializedBytes: packer.encoded).changes
    let second = try #require(wire.last)
    #expect(wire.count == 2)
    #expect(second.hasRecord == (bits & 1 != 0))
    #expect(second.hasActor == (bits & 2 != 0))
    #expect(second.hasNumber == (bits & 4 != 0))
    #expect(second.hasAuthor == (bits & 8 != 0))
    #expect(second.versionFollows == (bits & 16 != 0))
    #expect(second.writtenAfter == (bits & 32 == 0 ? 0 : -1))
    #expect(second.hasCreates == (bits & 64 != 0))
    #expect(try ChangeUnpacker.changes(packer.encoded) == changes)
  }

  @Test func readsWhatAnotherWriterSaysInFull() throws {
    for seed in UInt64(0)..<400 {
      var random = SplitMix64(seed: seed)
      let changes = random.run()
      var wire = WirePackedChanges()
      var before: Int64 = 0
      for change in changes {
        let whole = WirePackedChange(
          whole: change, writtenAfter: change.header.writtenAt &- before)
        wire.changes.append(whole)
        before = change.header.writtenAt
      }
      #expect(try ChangeUnpacker.changes(wire.serializedBytes()) == changes, "seed \(seed)")
    }
  }

  @Test func runsOfOneDeviceCostLittleMoreThanTheirPayloads() throws {
    var random = SplitMix64(seed: 1)
    var last = Self.pair(0)[0].header
    var packer = ChangePacker()
    packer.append(EncodedChange(header: last, payload: []))
    let before = packer.byteCount
    for _ in 0..<10 {
      var version = last.version
      version[setting: last.id.actor] = last.id.number
      last = ChangeHeader(
        record: last.record, id: ChangeID(actor: last.id.actor, number: last.id.number + 1),
        author: last.author,
        writtenAt: last.writtenAt + 10, version: version)
      packer.append(EncodedChange(header: last, payload: random.bytes(50)))
    }
    #expect(packer.byteCount - before <= 10 * (50 + 6))
  }

  @Test func emptyRuns() throws {
    #expect(ChangePacker().encoded.isEmpty)
    #expect(try ChangeUnpacker.changes([]).isEmpty)
    #expect(try ChangeUnpacker.delivered([], epoch: Format.epoch).isEmpty)
  }

  @Test func theFirstChangeMustSayEverything() {
    var change = WirePackedChange(whole: Self.pair(0)[0], writtenAfter: 0)
    change.clearRecord()
    expectMalformed(change)
    change = WirePackedChange(whole: Self.pair(0)[0], writtenAfter: 0)
    change.clearActor()
    expectMalformed(change)
    change = WirePackedChange(whole: Self.pair(0)[0], writtenAfter: 0)
    change.clearAuthor()
    expectMalformed(change)
  }

  @Test func numbersKeepToTheirLimit() {
    for number in [0, Limits.highestNumber + 1, .max] {
      var change = WirePackedChange(whole: Self.pair(0)[0], writtenAfter: 0)
      change.number = number
      expectMalformed(change)
    }
  }

  @Test func aVersionMustBeAnnouncedAndSorted() {
    var change = WirePackedChange(whole: Self.pair(0)[0], writtenAfter: 0)
    change.versionFollows = false
    expectMalformed(change)
    change.versionFollows = true
    change.version.reverse()
    expectMalformed(change)
    change.version = [change.version[0], change.version[0]]
    expectMalformed(change)
  }

  /// Saying the implied vector in full is allowed: the header that is hashed is the same.
  @Test func sayingMoreThanNeededChangesNoHeader() throws {
    let changes = Self.pair(0)
    var wire = WirePackedChanges()
    wire.changes = [
      WirePackedChange(whole: changes[0], writtenAfter: 1_000),
      WirePackedChange(whole: changes[1], writtenAfter: 0),
    ]
    #expect(try ChangeUnpacker.changes(wire.serializedBytes()) == changes)
  }

  @Test func originsAreReadAsTheyWereWritten() throws {
    var random = SplitMix64(seed: 3)
    for seed in 0..<200 {
      let change = random.broughtIn()
      var packer = ChangePacker()
      packer.append(change)
      #expect(try ChangeUnpacker.changes(packer.encoded) == [change], "\(seed)")
      let origin = try #require(change.origin)
      #expect(try ChangeOrigin(encoded: origin.encoded(of: change.header)) == origin)
      #expect(
        try WireOrigin(serializedBytes: origin.encoded(of: change.header)).header
          == Data(origin.header.canonicalBytes))
    }
  }

  @Test func anOriginIsWholeAndHasNone() throws {
    var random = SplitMix64(seed: 4)
    let plain = random.broughtIn()
    let header = try #require(plain.origin).header
    for fault in 0..<4 {
      var change = WirePackedChange(whole: Self.pair(0)[0], writtenAfter: 0)
      change.origin.digest = Data(repeating: 1, count: fault == 0 ? 31 : 32)
      change.origin.header = Data(fault == 1 ? [] : (fault == 2 ? plain.header : header).canonicalBytes)
      change.origin.previous = Data(repeating: 2, count: fault == 3 ? 0 : 32)
      expectMalformed(change)
    }
  }

  private func expectMalformed(_ change: WirePackedChange) {
    var wire = WirePackedChanges()
    wire.changes = [change]
    #expect(throws: ProtocolError.malformed) { try ChangeUnpacker.changes(wire.serializedBytes()) }
  }
}
