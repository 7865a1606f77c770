import CLinux
import Glibc

/// The kernel's keyring of the login session: keeps a key in memory that only this user's processes can read,
/// and that is gone after the login or when it was not used for a while.
enum SessionKeyring {
  /// The key under a name, which the kernel then keeps for so long from now on; `nil` when there is none.
  ///
  /// - Parameter seconds: how long.
  /// - Throws: `noKeyring` when the kernel keeps no keys for this process, as in many containers.
  static func find(_ name: String, keepingFor seconds: UInt32) throws -> [UInt8]? {
    let key = clinux_key_find(name)
    guard key >= 0 else {
      // Expired and revoked keys count as missing.
      if errno == ENOKEY || errno == EKEYEXPIRED || errno == EKEYREVOKED { return nil }
      throw StorageError(.noKeyring, systemCode: errno)
    }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = clinux_key_read(key, &bytes, bytes.count)
    guard count >= 0, count <= bytes.count else { throw StorageError(.noKeyring, systemCode: errno) }
    // One that cannot be renewed is forgotten in its time.
    _ = clinux_key_renew(key, seconds)
    return Array(bytes.prefix(count))
  }

  /// Keeps a key under a name for so many seconds.
  static func keep(_ bytes: [UInt8], as name: String, for seconds: UInt32) throws {
    guard clinux_key_add(name, bytes, bytes.count, seconds) >= 0 else {
      throw StorageError(.noKeyring, systemCode: errno)
    }
  }

  /// Forgets the key under a name, if there is one.
  static func forget(_ name: String) {
    let key = clinux_key_find(name)
    if key >= 0 { _ = clinux_key_forget(key) }
  }
}
