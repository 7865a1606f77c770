import Crypto
import Foundation

/// A bundle's file, sealed from the pages alone (RFC 9180 in base mode) with an ephemeral secret that is
/// told: so it is always the same, and another program's.
struct SealedFile {
  private let kem: [UInt8] = Array("KEM".utf8) + [0, 0x20]
  private let suite: [UInt8] = Array("HPKE".utf8) + [0, 0x20, 0, 1, 0, 3]
  private let key: SymmetricKey
  private let baseNonce: [UInt8]
  let encapsulatedKey: [UInt8]

  init(to receiver: [UInt8], ephemeral: [UInt8], info: [UInt8]) throws {
    let own = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: ephemeral)
    let other = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: receiver)
    encapsulatedKey = Array(own.publicKey.rawRepresentation)
    let agreed = try own.sharedSecretFromKeyAgreement(with: other).withUnsafeBytes { Array($0) }
    func extract(_ suite: [UInt8], _ salt: [UInt8], _ label: String, _ input: [UInt8]) -> [UInt8] {
      let labelled = Array("HPKE-v1".utf8) + suite + Array(label.utf8) + input
      return Array(HMAC<SHA256>.authenticationCode(for: labelled, using: SymmetricKey(data: salt)))
    }
    func expand(
      _ suite: [UInt8], _ key: [UInt8], _ label: String, _ info: [UInt8], _ count: Int
    ) -> [UInt8] {
      let labelled = [0, UInt8(count)] + Array("HPKE-v1".utf8) + suite + Array(label.utf8) + info
      let expanded = HKDF<SHA256>.expand(
        pseudoRandomKey: SymmetricKey(data: key), info: labelled, outputByteCount: count)
      return expanded.withUnsafeBytes { Array($0) }
    }
    let shared = expand(
      kem, extract(kem, [], "eae_prk", agreed), "shared_secret", encapsulatedKey + receiver, 32)
    let context =
      [0] + extract(suite, [], "psk_id_hash", []) + extract(suite, [], "info_hash", info)
    let secret = extract(suite, shared, "secret", [])
    key = SymmetricKey(data: expand(suite, secret, "key", context, 32))
    baseNonce = expand(suite, secret, "base_nonce", context, 12)
  }

  /// A message that is sealed by itself, with nothing authenticated beside it.
  func message(_ content: [UInt8]) throws -> [UInt8] {
    let box = try ChaChaPoly.seal(
      content, using: key, nonce: ChaChaPoly.Nonce(data: baseNonce), authenticating: [UInt8]())
    return encapsulatedKey + Array(box.ciphertext) + Array(box.tag)
  }

  /// The whole file.
  func file(header: [UInt8], messages: [[UInt8]], chunkBytes: Int) throws -> [UInt8] {
    func count(_ count: Int) -> [UInt8] { (0..<4).map { UInt8(count >> (24 - 8 * $0) & 0xff) } }
    var content = messages.flatMap { count($0.count) + $0 }[...]
    let digest = Array(SHA256.hash(data: header))
    var file = Array("KOSBND1\n".utf8) + count(header.count) + header
    var sequence: UInt64 = 0
    repeat {
      let chunk = Array(content.prefix(chunkBytes))
      content = content.dropFirst(chunkBytes)
      var nonce = baseNonce
      for place in 0..<8 { nonce[4 + place] ^= UInt8(sequence >> (56 - 8 * UInt64(place)) & 0xff) }
      let box = try ChaChaPoly.seal(
        chunk, using: key, nonce: ChaChaPoly.Nonce(data: nonce),
        authenticating: digest + [content.isEmpty ? 1 : 0])
      file += Array(box.ciphertext) + Array(box.tag)
      sequence += 1
    } while !content.isEmpty
    return file
  }
}
