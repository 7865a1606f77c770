import CRDT
import Testing

@testable import WireProtocol

/// What both sides sign of a handshake, and how keys and holdings are named.
@Suite struct TranscriptTests {
  @Test func bothHellosCount() {
    let transcript = Transcript.bytes(clientHello: [1, 2], serverHelloBody: [3])
    #expect(transcript.count == 64)
    #expect(transcript != Transcript.bytes(clientHello: [1], serverHelloBody: [2, 3]))
    #expect(transcript != Transcript.bytes(clientHello: [3], serverHelloBody: [1, 2]))
  }

  @Test func anActorIsItsKey() {
    // SHA-256 of 32 zero bytes begins with 66687aadf862bd77.
    #expect(Transcript.actor(of: [UInt8](repeating: 0, count: 32)).rawValue == 0x6668_7aad_f862_bd77)
  }

  @Test func holdingsHaveOneOrder() {
    var random = SplitMix64(seed: 1)
    let holdings = (0..<20).map { (record: random.identifier(), generation: UInt64($0)) }
    let digest = Transcript.holdingsDigest(holdings)
    #expect(Transcript.holdingsDigest(holdings.reversed()) == digest)
    #expect(Transcript.holdingsDigest(Array(holdings.dropLast())) != digest)
    #expect(Transcript.holdingsDigest(holdings.map { ($0.record, $0.generation + 1) }) != digest)
    #expect(Transcript.holdingsDigest([]) != digest)
  }
}
