import Crypto
import Testing

@testable import WireProtocol

/// Signatures hold for one content, one purpose and one key.
@Suite struct SignatureTests {
  @Test func contextsAreDistinctAndNoneBeginsAnother() {
    let contexts = SignatureContext.allCases.map { $0.bytes(over: []) }
    for (index, context) in contexts.enumerated() {
      for (otherIndex, other) in contexts.enumerated() where index != otherIndex {
        #expect(!other.starts(with: context))
      }
      #expect(context.last == 0 && !context.dropLast().contains(0))
    }
  }

  @Test func asPublished() throws {
    // RFC 8032 §7.1, test 2: the key alone, since every signature here has a context.
    let secret = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
    let key = try SigningKey(secret: try #require([UInt8](hex: secret)))
    #expect(key.publicKey.hex == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
  }

  @Test func oneContentOnePurposeOneKey() throws {
    var random = SplitMix64(seed: 1)
    let key = try SigningKey(secret: random.bytes(32))
    let publicKey = try VerifyingKey(bytes: key.publicKey)
    let stranger = try VerifyingKey(bytes: SigningKey(secret: random.bytes(32)).publicKey)
    let content = random.bytes(100)
    for context in SignatureContext.allCases {
      let signature = key.sign(content, for: context)
      #expect(publicKey.isValid(signature, over: content, for: context))
      #expect(!stranger.isValid(signature, over: content, for: context))
      for other in SignatureContext.allCases where other != context {
        #expect(!publicKey.isValid(signature, over: content, for: other))
      }
      #expect(!publicKey.isValid(signature, over: content.dropLast(), for: context))
    }
  }

  @Test func brokenSignatures() throws {
    var random = SplitMix64(seed: 2)
    let key = try SigningKey(secret: random.bytes(32))
    let publicKey = try VerifyingKey(bytes: key.publicKey)
    let content = random.bytes(10)
    let signature = key.sign(content, for: .session)
    for index in signature.indices {
      var other = signature
      other[index] ^= 1 << UInt8(random.below(8))
      #expect(!publicKey.isValid(other, over: content, for: .session))
    }
    for other in [[], Array(signature.dropLast()), signature + [0], [UInt8](repeating: 0, count: 64)] {
      #expect(!publicKey.isValid(other, over: content, for: .session))
    }
    #expect(!publicKey.isValid(Self.addingOrder(to: signature), over: content, for: .session))
  }

  @Test func keysHave32Bytes() {
    for count in [0, 31, 33, 64] {
      let bytes = [UInt8](repeating: 1, count: count)
      #expect(throws: ProtocolError.malformed) { try SigningKey(secret: bytes) }
      #expect(throws: ProtocolError.malformed) { try VerifyingKey(bytes: bytes) }
    }
  }

  /// Under a key of small order a signature of nothing verifies for one content in a few.
  @Test func keysUnderWhichAnybodySignsAreRefused() throws {
    let zero = [UInt8](repeating: 0, count: 32)
    let identity: [UInt8] = [1] + zero.dropFirst()
    let encodings = try [
      zero.hex, identity.hex, "ec" + String(repeating: "f", count: 60) + "7f",
      "ed" + String(repeating: "f", count: 60) + "7f", "ee" + String(repeating: "f", count: 60) + "7f",
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    ].map { try #require([UInt8](hex: $0)) }
    for encoding in encodings {
      for sign in [0, 0x80] as [UInt8] {
        var bytes = encoding
        bytes[31] |= sign
        #expect(throws: ProtocolError.malformed) { try VerifyingKey(bytes: bytes) }
      }
    }
    // What the check is for: the library below it takes such a signature.
    let key = try Curve25519.Signing.PublicKey(rawRepresentation: zero)
    let forged = (0..<64).contains { key.isValidSignature(identity + zero, for: [UInt8($0)]) }
    #expect(forged)
  }

  /// The same signature with the group's order added to its scalar, which RFC 8032 refuses.
  private static func addingOrder(to signature: [UInt8]) -> [UInt8] {
    let order: [UInt8] = [
      0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
      0, 0,
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ]
    var result = signature
    var carry = 0
    for index in 0..<32 {
      let sum = Int(result[32 + index]) + Int(order[index]) + carry
      result[32 + index] = UInt8(truncatingIfNeeded: sum)
      carry = sum >> 8
    }
    return result
  }
}
