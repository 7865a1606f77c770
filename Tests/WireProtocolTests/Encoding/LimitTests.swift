import CRDT
import Testing

@testable import WireProtocol

/// What a peer can grow is bounded where it is read.
@Suite struct LimitTests {
  private static func version(_ count: Int) -> VersionVector {
    VersionVector(sorted: (1...count).map { ChangeID(actor: ActorID(rawValue: UInt64($0)), number: 1) })
      ?? VersionVector()
  }

  private static func header(version: VersionVector, creates: RecordFacts? = nil) -> ChangeHeader {
    ChangeHeader(
      record: Identifier(high: 1, low: 1), id: ChangeID(actor: ActorID(rawValue: 1), number: 2),
      author: Identifier(high: 2, low: 2), writtenAt: 0, version: version, creates: creates)
  }

  private static func packed(_ header: ChangeHeader, payload: [UInt8] = []) -> [UInt8] {
    var packer = ChangePacker()
    packer.append(EncodedChange(header: header, payload: payload))
    return packer.encoded
  }

  @Test func actors() throws {
    let most = Self.header(version: Self.version(Limits.versionActors))
    #expect(try ChangeUnpacker.changes(Self.packed(most)).count == 1)
    #expect(try ChangeHeader(canonicalBytes: most.canonicalBytes) == most)
    let more = Self.header(version: Self.version(Limits.versionActors + 1))
    #expect(throws: ProtocolError(.limitExceeded)) { try ChangeUnpacker.changes(Self.packed(more)) }
    #expect(throws: ProtocolError(.limitExceeded)) { try ChangeHeader(canonicalBytes: more.canonicalBytes) }
  }

  @Test func headsOfAState() throws {
    for count in [Limits.versionActors, Limits.versionActors + 1] {
      var snapshot = RecordSnapshot(record: Identifier(high: 1, low: 1))
      for entry in Self.version(count).entries {
        try snapshot.void(head: .init(id: entry, digest: Samples.digest([UInt8](repeating: 0, count: 32))))
      }
      let bytes = snapshot.encoded
      if count == Limits.versionActors {
        #expect(try RecordSnapshot(encoded: bytes).heads.count == count)
      } else {
        #expect(throws: ProtocolError(.limitExceeded)) { try RecordSnapshot(encoded: bytes) }
      }
    }
  }

  @Test func persons() throws {
    var random = SplitMix64(seed: 1)
    for (count, isRefused) in [(Limits.aboutPersons, false), (Limits.aboutPersons + 1, true)] {
      let facts = RecordFacts(
        tenant: random.identifier(), caseID: nil, kind: 1, created: 0,
        about: (0..<count).map { _ in random.identifier() })
      let bytes = Self.packed(Self.header(version: VersionVector(), creates: facts))
      if isRefused {
        #expect(throws: ProtocolError(.limitExceeded)) { try ChangeUnpacker.changes(bytes) }
      } else {
        #expect(try ChangeUnpacker.changes(bytes).first?.header.creates == facts)
      }
    }
  }

  @Test func operations() throws {
    for (count, isRefused) in [(Limits.changeOperations, false), (Limits.changeOperations + 1, true)] {
      let operations = (0..<count).map {
        Operation(field: FieldID(rawValue: UInt32($0 + 1)), action: .assign(.null))
      }
      let bytes = Payload(salt: Identifier(high: 1, low: 1), operations: operations).encoded
      if isRefused {
        #expect(throws: ProtocolError(.limitExceeded)) { try Payload(encoded: bytes) }
      } else {
        #expect(try Payload(encoded: bytes).operations == operations)
      }
    }
  }

  /// Too large a payload is its change's fault alone: the run that holds it is read, the payload is not.
  @Test func payloads() throws {
    let payload = [UInt8](repeating: 0, count: Limits.payloadBytes + 1)
    let change = try #require(
      try ChangeUnpacker.changes(Self.packed(Self.header(version: VersionVector()), payload: payload)).first)
    #expect(change.payload == payload)
    #expect(throws: ProtocolError(.tooLarge)) { try change.decoded() }
  }

  @Test func numbers() throws {
    for number in [Limits.highestNumber, Limits.highestNumber + 1, .max] {
      let header = ChangeHeader(
        record: Identifier(high: 1, low: 1), id: ChangeID(actor: ActorID(rawValue: 1), number: number),
        author: Identifier(high: 2, low: 2), writtenAt: 0, version: VersionVector())
      if number == Limits.highestNumber {
        #expect(try ChangeHeader(canonicalBytes: header.canonicalBytes) == header)
      } else {
        #expect(throws: ProtocolError.malformed) { try ChangeHeader(canonicalBytes: header.canonicalBytes) }
      }
    }
  }
}
