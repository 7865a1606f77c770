import Crypto
import CryptoExtras

/// AES-256-GCM-SIV (RFC 8452) of one value, under a key and an authentication key that the mode derives from
/// the key given and a salt, its nonce. Why this mode: decision 0037.
enum ValueCipher {
  /// - Parameters:
  ///   - id: names the key in what is sealed.
  ///   - place: what is authenticated beside the value.
  /// - Complexity: O(bytes); about 2 µs and 1 ns a byte.
  static func seal(
    _ value: [UInt8], under key: SymmetricKey, id: UInt32, salt drawn: StoreSeal.Salt,
    _ format: SealedValue.Format, at place: [UInt8]
  ) throws -> SealedValue {
    var salt: [UInt8] = []
    salt.reserveCapacity(SealedValue.saltBytes)
    withUnsafeBytes(of: drawn.high.bigEndian) { salt += $0 }
    withUnsafeBytes(of: drawn.low.bigEndian) { salt += $0 }
    guard let nonce = try? AES.GCM._SIV.Nonce(data: salt),
      let box = try? AES.GCM._SIV.seal(value, using: key, nonce: nonce, authenticating: place)
    else { throw StorageError(.database) }
    if format == .null { return SealedValue(.null, keyID: id, salt: salt, tag: box.tag, value) }
    return SealedValue(format, keyID: id, salt: salt, tag: box.tag, box.ciphertext)
  }

  /// - Throws: `damaged` when it is not what was sealed under the key for the place.
  static func open(_ value: SealedValue, under key: SymmetricKey, at place: [UInt8]) throws -> [UInt8] {
    if value.format == .null { return Array(value.ciphertext) }
    guard let box = try? AES.GCM._SIV.SealedBox(combined: value.combined),
      let opened = try? AES.GCM._SIV.open(box, using: key, authenticating: place)
    else { throw StorageError(.damaged) }
    return Array(opened)
  }
}
