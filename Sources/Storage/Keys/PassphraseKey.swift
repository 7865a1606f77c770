import Crypto
import CryptoExtras

/// How a key is derived from a passphrase (scrypt, RFC 7914). The parameters stand in the file, so that a
/// later version can raise them.
struct PassphraseKey: Codable, Hashable {
  /// The least that a file may ask for; a file with less was tampered with.
  static let roundsMin = 1 << 15
  /// The most: 4 GiB of memory.
  static let roundsMax = 1 << 22

  /// 16 random bytes in hexadecimal.
  let salt: String
  let rounds: Int
  let blockSize: Int
  let parallelism: Int

  /// The parameters for a new file: 32 MiB of memory, a tenth of a second.
  static func generated() -> PassphraseKey {
    let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Hexadecimal.encode($0) }
    return PassphraseKey(salt: salt, rounds: roundsMin, blockSize: 8, parallelism: 1)
  }

  func derive(from passphrase: String) throws -> SymmetricKey {
    guard let salt = Hexadecimal.decode(salt), salt.count == 16, rounds & (rounds - 1) == 0,
      (Self.roundsMin...Self.roundsMax).contains(rounds), blockSize == 8, (1...16).contains(parallelism)
    else { throw StorageError(.damaged) }
    let key = try? KDF.Scrypt.deriveKey(
      from: Array(passphrase.utf8), salt: salt, outputByteCount: 32, rounds: rounds, blockSize: blockSize,
      parallelism: parallelism)
    guard let key else { throw StorageError(.database) }
    return key
  }
}
