import CRDT
import Testing

@testable import Storage

/// Sealing one value, and opening it.
@Suite struct StoreSealTests {
  private func keys(_ first: UInt8...) throws -> StoreKeys {
    try StoreKeys(secrets: first.map { byte in (0..<32).map { byte &+ $0 } })
  }

  private func places(_ random: inout SeededGenerator) -> [SealedPlace] {
    let record = random.identifier()
    let actor = ActorID(rawValue: random.next())
    let number = random.next()
    let row = Int64(bitPattern: random.next())
    return [
      .meta(.replica), .meta(.progress), .meta(.rows), .snapshot(of: record), .attachmentDigest(of: record),
      .change(recordRow: row, actor, number: number), .change(recordRow: row &+ 1, actor, number: number),
      .change(recordRow: row, ActorID(rawValue: number), number: actor.rawValue),
      .change(recordRow: row, actor, number: number &+ 1), .marker("seen"), .marker("seem"), .marker(""),
      .attachmentChunk(attachment: row, start: number), .attachmentChunk(attachment: row, start: number &+ 1),
    ]
  }

  private func code(_ body: () throws -> Void) -> StorageError.Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? StorageError)?.code
    }
  }

  @Test("A value opens in its place and in no other", arguments: 0..<40 as Range<UInt64>)
  func roundTrip(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let seal = StoreSeal(try keys(1))
    let places = places(&random)
    #expect(Set(places.map(\.encoded)).count == places.count)
    let count = [0, 1, 15, 16, 17, 40, 300, 70_000][Int(seed % 8)]
    let content = (0..<count).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
    for place in places {
      let sealed = try seal.seal(content, at: place)
      #expect(sealed.bytes.count == content.count + SealedValue.headBytes)
      #expect(try SealedValue(stored: sealed.bytes) == sealed)
      for other in places {
        let opened = try? seal.open(sealed, at: other)
        #expect(opened == (other == place ? content : nil))
      }
    }
  }

  @Test("No bit of a sealed value can be changed, and no byte cut off or added")
  func tampering() throws {
    let seal = StoreSeal(try keys(1))
    let place = SealedPlace.marker("seen")
    let sealed = try seal.seal(Array("Kanariefugl".utf8), at: place).bytes
    func refuses(_ bytes: [UInt8]) -> Bool {
      let found = code { _ = try seal.open(try SealedValue(stored: bytes), at: place) }
      return found == .damaged || found == .foreignKey
    }
    for bit in 0..<sealed.count * 8 {
      var changed = sealed
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(refuses(changed), "bit \(bit)")
    }
    for count in 0..<sealed.count { #expect(refuses(Array(sealed.prefix(count))), "cut to \(count)") }
    #expect(refuses(sealed + [0]))
    #expect(code { _ = try seal.open(try SealedValue(stored: sealed), at: place) } == nil)
  }

  @Test("Bytes that nobody sealed give a typed error", arguments: 0..<20 as Range<UInt64>)
  func hostileBytes(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let seal = StoreSeal(try keys(1))
    for _ in 0..<200 {
      let count = Int.random(in: 0...80, using: &random)
      var bytes = (0..<count).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
      // Past the first checks, mostly.
      if count > 5, !random.oneIn(4) {
        bytes.replaceSubrange(0..<5, with: try seal.seal([], at: .marker("")).bytes.prefix(5))
      }
      let found = code { _ = try seal.open(try SealedValue(stored: bytes), at: .marker("")) }
      #expect(found == .damaged || found == .foreignKey)
    }
  }

  /// Made by an implementation of its own: AES-GCM-SIV after RFC 8452 §4 and §5 in Python, on OpenSSL's AES,
  /// that gives the results of RFC 8452 C.2; HKDF after RFC 5869.
  @Test("The bytes are those that another implementation makes")
  func vector() throws {
    let keys = try StoreKeys(secrets: [(0..<32).map { UInt8($0) }])
    let seal = StoreSeal(keys, salt: { (0x0102_0304_0506_0708, 0x090a_0b0c) })
    let place = SealedPlace.change(
      recordRow: 5, ActorID(rawValue: 0x1122_3344_5566_7788), number: 3)
    let sealed = try seal.seal(Array("Kanariefugl æøå".utf8), at: place)
    #expect(
      Hexadecimal.encode(sealed.bytes)
        == "01c09862da0102030405060708090a0b0c9622506534b9476741e418bab6ed4e66"
        + "7386fde18a1727e9f2b97da46146ae7d5876")
    var sum = RowSum()
    sum.add(try seal.term(of: sealed))
    #expect(Hexadecimal.encode(sum.encoded) == "c771fbd5fa4bd55abd403e34fa1553c30000000000000001")
  }

  @Test("A salt that comes twice tells no more than that the same was written to the same place")
  func repeatedSalts() throws {
    let seal = StoreSeal(try keys(1), salt: { (7, 7) })
    let one = Array("Kanariefuglen synger".utf8)
    let other = Array("Kanariefuglen sover.".utf8)
    let first = try seal.seal(one, at: .marker("a"))
    #expect(try seal.seal(one, at: .marker("a")) == first)
    for sealed in [try seal.seal(other, at: .marker("a")), try seal.seal(one, at: .marker("b"))] {
      // Under one key stream, what is the same in both would cancel out.
      let mixed = zip(first.ciphertext, sealed.ciphertext).map { $0 ^ $1 }
      #expect(zip(mixed, zip(one, other).map { $0 ^ $1 }).filter { $0 == $1 }.count < 5)
      #expect(mixed.filter { $0 == 0 }.count < 5)
      #expect(first.tag != sealed.tag)
    }
    let drawn = StoreSeal(try keys(1))
    #expect(try drawn.seal(one, at: .marker("a")).salt != (try drawn.seal(one, at: .marker("a")).salt))
  }

  @Test("After a rotation the new key seals and the old one still opens")
  func rotation() throws {
    let before = try StoreKeys.generated()
    let after = try before.rotated()
    let sealed = try StoreSeal(before).seal([1, 2, 3], at: .meta(.replica))
    #expect(try StoreSeal(after).open(sealed, at: .meta(.replica)) == [1, 2, 3])
    #expect(StoreSeal(before).currentKeyID == Array(sealed.bytes[1..<5]))
    #expect(StoreSeal(after).currentKeyID != StoreSeal(before).currentKeyID)
    #expect(code { _ = try StoreSeal(after.withoutOlder).open(sealed, at: .meta(.replica)) } == .foreignKey)
    let again = try StoreSeal(after).seal([1, 2, 3], at: .meta(.replica))
    #expect(code { _ = try StoreSeal(before).open(again, at: .meta(.replica)) } == .foreignKey)
    #expect(try StoreSeal(after.withoutOlder).open(again, at: .meta(.replica)) == [1, 2, 3])
    var many = before
    #expect(code { for _ in 0...StoreKeys.countMax { many = try many.rotated() } } == .tooLarge)
    #expect(code { _ = try StoreKeys(secrets: []) } == .damaged)
    #expect(code { _ = try StoreKeys(secrets: [[1]]) } == .damaged)
  }

  @Test("What is not sealed is not taken for what is")
  func nullSeal() throws {
    let null = StoreSeal(try keys(1), .null)
    let open = try null.seal([1, 2, 3], at: .marker("a"))
    #expect(open.bytes.suffix(3) == [1, 2, 3])
    #expect(try null.open(open, at: .marker("a")) == [1, 2, 3])
    #expect(code { _ = try StoreSeal(keys(1)).open(open, at: .marker("a")) } == .damaged)
  }
}
