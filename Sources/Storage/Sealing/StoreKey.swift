import Crypto
import WireProtocol

/// A key that a client's store is sealed under, 256 bits, and what is derived from it.
struct StoreKey: Sendable {
  /// How many bytes a secret has.
  static let byteCount = 32

  let secret: [UInt8]
  /// Names the key in what is sealed under it, and tells nothing else of it.
  let id: UInt32
  /// Seals values.
  let sealing: SymmetricKey
  /// Makes terms of the rows' sum.
  let summing: SymmetricKey

  /// - Throws: `damaged` when it is no 32 bytes.
  init(secret: [UInt8]) throws {
    guard secret.count == Self.byteCount else { throw StorageError(.damaged) }
    self.secret = secret
    let root = SymmetricKey(data: secret)
    func derived(_ purpose: String, _ byteCount: Int) -> SymmetricKey {
      HKDF<SHA256>.deriveKey(
        inputKeyMaterial: root, info: Array("kos.store.\(purpose).v1".utf8), outputByteCount: byteCount)
    }
    id = derived("key-id", 4).withUnsafeBytes { $0.reduce(0) { $0 << 8 | UInt32($1) } }
    sealing = derived("sealing", 32)
    summing = derived("sum", 32)
  }

  static func generated() throws -> StoreKey {
    try StoreKey(secret: SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) })
  }
}
