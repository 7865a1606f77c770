import Crypto
import Testing
import WireProtocol

/// Keys with which nothing secret can be agreed are refused, and no others.
@Suite struct AgreementKeyTests {
  /// Whether X25519 gives zero, whatever the other key is: an error, or a secret of zero bytes.
  private func agreementFails(with bytes: [UInt8]) throws -> Bool {
    let own = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: [UInt8](repeating: 7, count: 32))
    let other = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: bytes)
    let secret = try? own.sharedSecretFromKeyAgreement(with: other)
    return secret?.withUnsafeBytes { $0.allSatisfy { $0 == 0 } } ?? true
  }

  @Test(arguments: [UInt8(0), 1, 0xec, 0xed, 0xee])
  func theEndsOfTheFieldAreWeak(_ first: UInt8) throws {
    let isLow = first < 2
    for top: UInt8 in [0x00, 0x80] {
      let bytes =
        [first] + [UInt8](repeating: isLow ? 0 : 0xff, count: 30) + [(isLow ? 0 : 0x7f) | top]
      #expect(try agreementFails(with: bytes))
      #expect(!AgreementKey.isUsable(bytes))
    }
  }

  @Test func pointsOfOrderEightAreWeak() throws {
    for text in [
      "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
      "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    ] {
      let bytes = stride(from: 0, to: 64, by: 2).compactMap { UInt8(text.dropFirst($0).prefix(2), radix: 16) }
      #expect(try agreementFails(with: bytes))
      #expect(!AgreementKey.isUsable(bytes))
    }
  }

  @Test func othersAreUsable() throws {
    for seed in UInt8(0)...64 {
      let key = try Curve25519.KeyAgreement.PrivateKey(
        rawRepresentation: [UInt8](repeating: seed, count: 32))
      #expect(AgreementKey.isUsable(Array(key.publicKey.rawRepresentation)))
    }
    for length in [0, 31, 33] { #expect(!AgreementKey.isUsable([UInt8](repeating: 9, count: length))) }
  }
}
