import Crypto
import Testing

@testable import WireProtocol

@Suite struct PreparedMACTests {
  @Test("A prepared code is the library's, for every length around the blocks of SHA-256")
  func equalsLibrary() {
    var random = SplitMix64(seed: 3)
    for length in [0, 1, 31, 48, 55, 56, 63, 64, 65, 128, 300] {
      let key = SymmetricKey(data: (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) })
      let prepared = PreparedMAC(key: key)
      // Twice: the prepared hashes must not be used up.
      for _ in 0..<2 {
        let message = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
        let expected = Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
        #expect(message.withUnsafeBytes { prepared.code($0) }.bytes == expected)
      }
    }
  }
}
