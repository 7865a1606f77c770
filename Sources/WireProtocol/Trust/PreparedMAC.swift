import Crypto

/// HMAC-SHA-256 (RFC 2104) under one key for many short messages: both hashes are begun once with the key, and
/// go on from there. A test holds it against the library's HMAC, which begins anew each time and takes several
/// times as long.
struct PreparedMAC: Sendable {
  private let inner: SHA256
  private let outer: SHA256

  /// - Precondition: the key is not longer than a block of SHA-256.
  init(key: SymmetricKey) {
    precondition(key.bitCount <= SHA256.blockByteCount * 8, "a long key would be hashed first")
    inner = Self.begin(key, 0x36)
    outer = Self.begin(key, 0x5c)
  }

  private static func begin(_ key: SymmetricKey, _ pad: UInt8) -> SHA256 {
    var block = [UInt8](repeating: pad, count: SHA256.blockByteCount)
    key.withUnsafeBytes { for (index, byte) in $0.enumerated() { block[index] ^= byte } }
    var hash = SHA256()
    block.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return hash
  }

  /// The 32 bytes of the code.
  func code(_ message: UnsafeRawBufferPointer) -> Digest {
    var inner = inner
    inner.update(bufferPointer: message)
    var outer = outer
    inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
    return Digest(outer)
  }
}
