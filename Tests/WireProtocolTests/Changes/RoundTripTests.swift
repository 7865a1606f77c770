import CRDT
import Foundation
import SwiftProtobuf
import Testing

@testable import WireProtocol

/// What is written by hand is read back, and the generated code agrees on every byte.
@Suite struct RoundTripTests {
  private static let seeds = UInt64(0)..<400

  @Test func headers() throws {
    for seed in Self.seeds {
      var random = SplitMix64(seed: seed)
      let header =
        random.flip()
        ? random.broughtIn().header : random.header(creates: random.flip() ? random.facts() : nil)
      let bytes = header.canonicalBytes
      #expect(try ChangeHeader(canonicalBytes: bytes) == header, "seed \(seed)")
      #expect(try WireHeader(serializedBytes: bytes) == WireHeader(header), "seed \(seed)")
      #expect(try WireHeader(header).serializedBytes() == bytes, "seed \(seed)")
    }
  }

  @Test func payloads() throws {
    for seed in Self.seeds {
      var random = SplitMix64(seed: seed)
      let payload = random.payload()
      let bytes = payload.encoded
      #expect(try Payload(encoded: bytes) == payload, "seed \(seed)")
      let wire = try WirePayload(serializedBytes: bytes)
      #expect(wire.salt == Data(payload.salt.bytes))
      #expect(try wire.serializedBytes() == bytes, "seed \(seed)")
      guard wire.compressed.isEmpty else { continue }
      #expect(wire.operations.map(\.field) == payload.operations.map(\.field.rawValue))
      let kinds = payload.operations.map { $0.kind == .register ? 0 : $0.kind.rawValue }
      #expect(wire.operations.map(\.kind) == kinds)
      #expect(try wire.values == payload.operations.compactMap { try $0.carriedValue.map(WireValue.init) })
    }
  }

  @Test func recordStates() throws {
    for seed in Self.seeds {
      var random = SplitMix64(seed: seed)
      let snapshot = random.snapshot()
      let bytes = snapshot.encoded
      let decoded = try RecordSnapshot(encoded: bytes)
      #expect(decoded.encoded == bytes, "seed \(seed)")
      #expect(decoded.facts == snapshot.facts && decoded.creator == snapshot.creator)
      #expect(decoded.heads == snapshot.heads && decoded.state.version == snapshot.state.version)
      for (key, operations) in snapshot.state.fields {
        #expect(Set(decoded.state.fields[key] ?? []) == Set(operations), "seed \(seed)")
      }
      let wire = try WireRecordState(serializedBytes: bytes)
      #expect(try wire.serializedBytes() == bytes, "seed \(seed)")
      #expect(wire.hasFacts == (snapshot.facts != nil))
      if let facts = snapshot.facts { #expect(wire.facts == WireRecordFacts(facts)) }
      #expect(wire.heads.map(\.actor) == snapshot.heads.keys.map(\.rawValue).sorted())
      #expect(wire.heads.map { $0.stamp.verdict } == Self.verdicts(of: snapshot))
      let live = wire.changes.map(\.operations.count).reduce(0, +)
      let waiting = snapshot.state.texts.values.map(\.waiting.count).reduce(0, +)
      #expect(live == snapshot.state.fields.values.map(\.count).reduce(waiting, +))
      #expect(decoded.state.texts == snapshot.state.texts, "seed \(seed)")
      #expect(decoded.state.ahead == snapshot.state.ahead, "seed \(seed)")
    }
  }

  /// What a state of many values of a field is made of, and how its order on the wire is its own.
  @Test func statesAreWrittenInOneOrder() throws {
    var random = SplitMix64(seed: 7)
    for _ in 0..<100 {
      let snapshot = random.snapshot()
      let fields = snapshot.state.fields.shuffled(using: &random)
      let rebuilt = try #require(
        RecordState(
          version: snapshot.state.version,
          fields: Dictionary(uniqueKeysWithValues: fields.map { ($0.key, $0.value) }),
          texts: snapshot.state.texts, ahead: snapshot.state.ahead))
      let other = RecordSnapshot(
        record: snapshot.record, facts: snapshot.facts, creator: snapshot.creator,
        receivedAt: snapshot.receivedAt, heads: snapshot.heads, state: rebuilt)
      #expect(other.encoded == snapshot.encoded)
    }
  }

  @Test func bytesOfOneWriterAreReadByTheOther() throws {
    for format in Format.allCases {
      for seed in Self.seeds {
        var random = SplitMix64(seed: seed)
        let bytes = format.sample(&random)
        #expect(try format.roundTrip(bytes) == bytes, "\(format), seed \(seed)")
        #expect(try format.generatedRoundTrip(bytes) == bytes, "\(format), seed \(seed)")
      }
    }
  }

  private static func verdicts(of snapshot: RecordSnapshot) -> [WireVerdictKind] {
    snapshot.heads.values.sorted { $0.id < $1.id }.map { head in
      guard head.seal != nil else { return .verdictUnspecified }
      return head.isAccepted ? .verdictAccepted : .verdictRefused
    }
  }
}
