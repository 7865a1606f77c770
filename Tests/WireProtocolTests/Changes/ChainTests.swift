import CRDT
import Crypto
import Foundation
import Testing

@testable import WireProtocol

/// The chain of a record and the journal of an actor, computed a second time from their definitions.
@Suite struct ChainTests {
  private static func sha256(_ parts: [UInt8]...) -> [UInt8] {
    Array(SHA256.hash(data: Data(parts.joined())))
  }
  private static func bigEndian(_ value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
  }

  @Test func chainsAsDefined() {
    for seed in UInt64(0)..<50 {
      var random = SplitMix64(seed: seed)
      let tenant = random.identifier()
      let first = random.header()
      var digest = Chain.start(tenant: tenant, record: first.record, actor: first.id.actor)
      var expected = Self.sha256(
        Array("kos.record.v1".utf8), tenant.bytes, first.record.bytes, Self.bigEndian(first.id.actor.rawValue)
      )
      #expect(digest.bytes == expected)
      for _ in 0..<3 {
        let change = EncodedChange(header: random.header(), payload: random.payload().encoded)
        digest = change.digest(after: digest)
        expected = Self.sha256(
          Array("kos.change.v1".utf8), expected, Self.sha256(change.header.canonicalBytes),
          Self.sha256(change.payload))
        #expect(digest.bytes == expected)
      }
    }
  }

  /// Whoever keeps the digest of an erased payload can still follow the chain.
  @Test func aPayloadCountsByItsDigest() {
    var random = SplitMix64(seed: 1)
    let change = EncodedChange(header: random.header(), payload: random.payload().encoded)
    let before = random.digest()
    let erased = Self.sha256(
      Array("kos.change.v1".utf8), before.bytes, Self.sha256(change.header.canonicalBytes),
      Self.sha256(change.payload))
    #expect(change.digest(after: before).bytes == erased)
  }

  @Test func everyBitCounts() {
    var random = SplitMix64(seed: 2)
    let header = random.header(creates: random.facts()).canonicalBytes
    let payload = random.payload().encoded
    let before = random.digest()
    let digest = Chain.digest(after: before, header: header, payload: payload)
    for index in header.indices {
      var other = header
      other[index] ^= 1
      #expect(Chain.digest(after: before, header: other, payload: payload) != digest)
    }
    for index in payload.indices {
      var other = payload
      other[index] ^= 1
      #expect(Chain.digest(after: before, header: header, payload: other) != digest)
    }
    #expect(Chain.digest(after: random.digest(), header: header, payload: payload) != digest)
    // Bytes that move from one part to the other are other parts.
    #expect(
      Chain.digest(after: before, header: header + payload, payload: []) != digest)
  }

  @Test func journalsAsDefined() {
    var random = SplitMix64(seed: 3)
    let tenant = random.identifier()
    let actor = random.actor()
    var journal = JournalHead.start(tenant: tenant, actor: actor)
    var expected = Self.sha256(
      Array("kos.journal-start.v1".utf8), tenant.bytes, Self.bigEndian(actor.rawValue))
    #expect(journal.entries == 0 && journal.digest.bytes == expected)
    for entry in UInt64(1)...5 {
      let digests = (0..<entry).map { _ in random.digest() }
      journal = journal.appending(changes: digests)
      expected = Self.sha256(Array("kos.journal.v1".utf8), expected, digests.flatMap(\.bytes))
      #expect(journal.entries == entry && journal.digest.bytes == expected)
    }
  }

  /// Two entries of one change are not one entry of two.
  @Test func entriesAreToldApart() {
    var random = SplitMix64(seed: 4)
    let start = JournalHead.start(tenant: random.identifier(), actor: random.actor())
    let (one, two) = (random.digest(), random.digest())
    #expect(
      start.appending(changes: [one, two]) != start.appending(changes: [one]).appending(changes: [two]))
    #expect(start.appending(changes: [one, two]) != start.appending(changes: [two, one]))
  }

  @Test func whatEachChainBegins() {
    var random = SplitMix64(seed: 5)
    let (tenant, record, actor) = (random.identifier(), random.identifier(), ActorID(rawValue: 1))
    let start = Chain.start(tenant: tenant, record: record, actor: actor)
    #expect(Chain.start(tenant: record, record: tenant, actor: actor) != start)
    #expect(Chain.start(tenant: tenant, record: record, actor: ActorID(rawValue: 2)) != start)
    #expect(JournalHead.start(tenant: tenant, actor: actor).digest != start)
  }
}
