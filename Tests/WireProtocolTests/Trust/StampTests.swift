import CRDT
import Testing

@testable import WireProtocol

/// A stamp proves one verdict on one change, and tells nobody else where the change stands.
@Suite struct StampTests {
  private static let key = StampKey(secret: [UInt8](repeating: 7, count: 32))
  private static let epoch = Identifier(high: 5, low: 6)

  @Test func theServerKnowsItsOwnWord() {
    for seed in UInt64(0)..<200 {
      var random = SplitMix64(seed: seed)
      let (digest, position, time, isAccepted) = (
        random.digest(), random.next(), random.time(), random.flip()
      )
      let seal = Self.key.seal(
        position: position, epoch: Self.epoch, receivedAt: time, isAccepted: isAccepted, digest: digest)
      #expect(
        Self.key.position(in: seal, receivedAt: time, isAccepted: isAccepted, digest: digest) == position)
    }
  }

  @Test func everythingCounts() {
    var random = SplitMix64(seed: 1)
    let digest = random.digest()
    let seal = Self.key.seal(
      position: 17, epoch: Self.epoch, receivedAt: 1_000, isAccepted: true, digest: digest)
    func position(
      _ other: Seal? = nil, at time: Int64 = 1_000, isAccepted: Bool = true, of digest: Digest,
      by key: StampKey = Self.key
    ) -> UInt64? { key.position(in: other ?? seal, receivedAt: time, isAccepted: isAccepted, digest: digest) }
    #expect(position(of: digest) == 17)
    for time in [999, 1_001, -1_000, 0, .min, .max] as [Int64] {
      #expect(position(at: time, of: digest) == nil)
    }
    #expect(position(isAccepted: false, of: digest) == nil)
    #expect(position(of: digest, by: StampKey(secret: [UInt8](repeating: 8, count: 32))) == nil)
    for bit in 0..<256 {
      var bytes = digest.bytes
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(position(of: Samples.digest(bytes)) == nil)
    }
    for bit in 0..<64 {
      let flip = UInt64(1) << UInt64(bit)
      let altered = [
        Seal(epoch: seal.epoch, sealedPosition: seal.sealedPosition ^ flip, mac: seal.mac),
        Seal(
          epoch: Identifier(high: seal.epoch.high ^ flip, low: seal.epoch.low),
          sealedPosition: seal.sealedPosition, mac: seal.mac),
        Seal(
          epoch: Identifier(high: seal.epoch.high, low: seal.epoch.low ^ flip),
          sealedPosition: seal.sealedPosition, mac: seal.mac),
        Seal(
          epoch: seal.epoch, sealedPosition: seal.sealedPosition,
          mac: Identifier(high: seal.mac.high ^ flip, low: seal.mac.low)),
        Seal(
          epoch: seal.epoch, sealedPosition: seal.sealedPosition,
          mac: Identifier(high: seal.mac.high, low: seal.mac.low ^ flip)),
      ]
      for other in altered { #expect(position(other, of: digest) == nil) }
    }
  }

  /// Neighbours in the log do not look like neighbours, and a change that comes back in a new epoch tells
  /// nothing either.
  @Test func positionsAreSealed() {
    var random = SplitMix64(seed: 2)
    let digest = random.digest()
    func sealed(_ position: UInt64, _ epoch: Identifier, _ digest: Digest) -> UInt64 {
      Self.key.seal(position: position, epoch: epoch, receivedAt: 0, isAccepted: true, digest: digest)
        .sealedPosition
    }
    let other = random.digest()
    #expect(sealed(1, Self.epoch, digest) ^ sealed(2, Self.epoch, other) != 3)
    let next = Identifier(high: 5, low: 7)
    #expect(sealed(1, Self.epoch, digest) ^ sealed(2, next, digest) != 3)
  }
}
