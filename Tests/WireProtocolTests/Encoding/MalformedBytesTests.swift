import CRDT
import SwiftProtobuf
import Testing

@testable import WireProtocol

/// Whatever the bytes are: a typed error or a value, never a trap; and what is taken in can be given out
/// again.
@Suite struct MalformedBytesTests {
  /// Decodes; what was decoded is encoded and decoded again, and the generated code must be able to read it
  /// too.
  private func probe(_ format: Format, _ bytes: [UInt8], _ what: @autoclosure () -> String) {
    do {
      let again = try format.roundTrip(bytes)
      let stable = try format.roundTrip(again)
      if stable != again { Issue.record("\(format) is not stable: \(what())") }
      do { _ = try format.generatedRoundTrip(bytes) } catch {
        Issue.record("\(format): only the hand-written code reads \(what()): \(bytes.hex)")
      }
    } catch {
      if !(error is ProtocolError) { Issue.record("\(format): \(error), \(what())") }
    }
  }

  @Test(arguments: Format.allCases) func truncations(format: Format) {
    for seed in UInt64(0)..<10 {
      var random = SplitMix64(seed: seed)
      let bytes = format.sample(&random)
      for end in bytes.indices { probe(format, Array(bytes[..<end]), "seed \(seed), \(end) bytes") }
    }
  }

  /// A header and a payload that end early are never taken for whole ones.
  @Test func aTruncatedHeaderIsNoHeader() throws {
    for seed in UInt64(0)..<50 {
      var random = SplitMix64(seed: seed)
      let header = random.header(creates: random.facts())
      let bytes = header.canonicalBytes
      for end in bytes.indices {
        let decoded = try? ChangeHeader(canonicalBytes: Array(bytes[..<end]))
        #expect(decoded != header)
      }
    }
  }

  @Test(arguments: Format.allCases) func flippedBits(format: Format) {
    for seed in UInt64(0)..<3 {
      var random = SplitMix64(seed: seed)
      var bytes = format.sample(&random)
      for index in bytes.indices {
        for bit in 0..<8 {
          bytes[index] ^= 1 << bit
          probe(format, bytes, "seed \(seed), byte \(index), bit \(bit)")
          bytes[index] ^= 1 << bit
        }
      }
    }
  }

  @Test(arguments: Format.allCases) func randomBytes(format: Format) {
    for seed in UInt64(0)..<3_000 {
      var random = SplitMix64(seed: seed)
      let count = random.below(80)
      probe(format, random.bytes(count), "seed \(seed)")
    }
  }

  /// Valid encodings cut apart and put together in another way come nearer to the edge than random bytes do.
  @Test(arguments: Format.allCases) func splicedBytes(format: Format) {
    for seed in UInt64(0)..<2_000 {
      var random = SplitMix64(seed: seed)
      var bytes = format.sample(&random) + Format.allCases[random.below(5)].sample(&random)
      for _ in 0..<(random.below(3) + 1) {
        let start = random.below(bytes.count)
        let end = min(bytes.count, start + random.below(12))
        let insert = random.flip() ? random.bytes(random.below(4)) : Array(bytes[start..<end])
        bytes.replaceSubrange(random.flip() ? start..<end : start..<start, with: insert)
        if bytes.isEmpty { bytes = [0] }
      }
      probe(format, bytes, "seed \(seed)")
    }
  }

  @Test(arguments: Format.allCases) func brokenTags(format: Format) throws {
    let broken: [[UInt8]] = [
      [0x00], [0x02, 0x00],  // field 0
      [0x0b], [0x0c], [0x0e], [0x0f], [0x0b, 0x0c],  // groups and wire types 6 and 7
      [0x80], [0x88, 0x80],  // ends in a tag
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x00],  // a field number beyond 2^29
      [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],  // 11 bytes
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02],  // more than 64 bits
    ]
    for bytes in broken {
      #expect(throws: ProtocolError.malformed, "\(bytes.hex)") { try format.roundTrip(bytes) }
    }
  }

  /// Lengths that are declared and not there: nothing is allocated for them.
  @Test(arguments: Format.allCases) func declaredLengths(format: Format) throws {
    for length in [5, 1 << 30, 1 << 31, 1 << 32, 1 << 62, 1 << 63, UInt64.max] {
      for field in UInt32(1)...10 {
        let bytes = Samples.encoding {
          $0.varint(UInt64(field) << 3 | 2)
          $0.varint(length)
          $0.raw([1, 2, 3, 4])
        }
        #expect(throws: ProtocolError.self, "\(field) \(length)") { try format.roundTrip(bytes) }
      }
    }
  }

  /// Depth is bounded by the messages' own: bytes that nest on and on are never followed.
  @Test(arguments: Format.allCases) func nesting(format: Format) {
    var bytes: [UInt8] = []
    for _ in 0..<10_000 {
      bytes = Samples.encoding {
        $0.varint(1 << 3 | 2)
        $0.varint(UInt64(min(bytes.count, 100_000)))
        $0.raw(bytes)
      }
      if bytes.count > 20_000 { break }
    }
    #expect(throws: ProtocolError.self) { try format.roundTrip(bytes) }
  }

  /// A singular field that comes twice is refused: readers do not agree on what it would mean.
  @Test(arguments: Format.allCases) func fieldsThatComeTwice(format: Format) throws {
    guard format == .header || format == .payload || format == .recordState else { return }
    for seed in UInt64(0)..<20 {
      var random = SplitMix64(seed: seed)
      let bytes = format.sample(&random)
      let first = Array(bytes[..<18])  // field 1: 16 bytes
      #expect(throws: ProtocolError.malformed) { try format.roundTrip(first + bytes) }
    }
  }

  @Test func aHeaderHasOneEncoding() throws {
    var random = SplitMix64(seed: 2)
    let header = random.header(creates: random.facts())
    let bytes = header.canonicalBytes
    // Another order of fields.
    let swapped = Array(bytes[18..<27]) + Array(bytes[..<18]) + Array(bytes[27...])
    #expect(throws: ProtocolError.malformed) { try ChangeHeader(canonicalBytes: swapped) }
    // A default value that is said.
    let said = Samples.encoding {
      $0.field(1, identifier: header.record)
      $0.field(2, fixed64: 0, evenIfZero: true)
      $0.field(3, unsigned: 1)
      $0.field(4, identifier: header.author)
    }
    #expect(throws: ProtocolError.malformed) { try ChangeHeader(canonicalBytes: said) }
    // A varint that is longer than it need be.
    let long = Samples.encoding {
      $0.field(1, identifier: header.record)
      $0.raw([0x18, 0x81, 0x00])
      $0.field(4, identifier: header.author)
    }
    #expect(throws: ProtocolError.malformed) { try ChangeHeader(canonicalBytes: long) }
  }
}
