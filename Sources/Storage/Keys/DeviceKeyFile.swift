import Crypto
import CryptoExtras
import FoundationEssentials

/// The key file as it is written: JSON, so that a person can see how the device is protected.
struct DeviceKeyFile: Codable {
  var format = "kos-device-key"
  var version = 2
  let protection: String
  /// After how many seconds without use the replica locks; absent as long as nobody said so. A person may
  /// change it here.
  var lockAfterSeconds: UInt32?
  /// Says what a file without a wrapping is worth.
  var note: String?
  /// Absent when the secrets are not wrapped.
  let passphrase: PassphraseKey?
  /// The secrets (`DeviceSecrets`) in hexadecimal; wrapped: nonce, ciphertext, tag of AES-256-GCM.
  let secrets: String
  /// The same, wrapped under the key of the recovery code: nonce, ciphertext, tag of AES-256-GCM-SIV, since
  /// that key stays the same when the file is written again.
  let recovery: String?

  /// An hour.
  static let lockAfterUnlessSaid: UInt32 = 3_600

  static let unprotectedNote =
    "Nothing protects these secrets but the mode of this file: what is stored here is not sealed against "
    + "somebody who has the disk."

  static func read(_ path: String) throws -> DeviceKeyFile {
    let bytes = try PrivateFiles.read(path)
    guard let file = try? JSONDecoder().decode(DeviceKeyFile.self, from: Data(bytes)),
      file.format == "kos-device-key"
    else { throw StorageError(.damaged) }
    guard file.version >= 2 else { throw StorageError(.olderSchema) }
    guard file.version == 2 else { throw StorageError(.newerSchema) }
    return file
  }

  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { throw StorageError(.database) }
    try PrivateFiles.write(Array(data) + [UInt8(ascii: "\n")], to: path)
  }

  /// What the wrapping authenticates beside the secrets, so that no file can claim another protection.
  static func authenticated(_ protection: String, _ passphrase: PassphraseKey) -> [UInt8] {
    let parameters =
      "\(passphrase.salt) \(passphrase.rounds) \(passphrase.blockSize) \(passphrase.parallelism)"
    return Array("kos.device-key.v2\u{0}\(protection)\u{0}\(parameters)".utf8)
  }

  static func wrap(
    _ secrets: [UInt8], with key: SymmetricKey, _ protection: String, _ passphrase: PassphraseKey
  ) throws -> String {
    let authenticated = authenticated(protection, passphrase)
    guard let box = try? AES.GCM.seal(secrets, using: key, authenticating: authenticated),
      let combined = box.combined
    else { throw StorageError(.database) }
    return Hexadecimal.encode(combined)
  }

  private static let recoveryContext = Array("kos.device-key.recovery.v2".utf8)

  /// - Parameter key: of the recovery code.
  static func wrap(_ secrets: [UInt8], recovery key: [UInt8]) throws -> String {
    guard
      let box = try? AES.GCM._SIV.seal(
        secrets, using: SymmetricKey(data: key), authenticating: recoveryContext)
    else { throw StorageError(.database) }
    return Hexadecimal.encode(box.combined)
  }

  /// - Throws: `wrongRecoveryCode` when the key does not open the wrapping, or there is none; `damaged`.
  func unwrap(recovery key: [UInt8]) throws -> [UInt8] {
    guard let recovery else { throw StorageError(.wrongRecoveryCode) }
    guard let combined = Hexadecimal.decode(recovery),
      let box = try? AES.GCM._SIV.SealedBox(combined: combined)
    else { throw StorageError(.damaged) }
    guard
      let secrets = try? AES.GCM._SIV.open(
        box, using: SymmetricKey(data: key), authenticating: Self.recoveryContext)
    else { throw StorageError(.wrongRecoveryCode) }
    return Array(secrets)
  }

  /// - Throws: `wrongPassphrase` when the key does not open the wrapping; a changed file looks the same.
  func unwrap(with key: SymmetricKey, _ passphrase: PassphraseKey) throws -> [UInt8] {
    guard let combined = Hexadecimal.decode(secrets), let box = try? AES.GCM.SealedBox(combined: combined)
    else {
      throw StorageError(.damaged)
    }
    let authenticated = Self.authenticated(protection, passphrase)
    guard let secrets = try? AES.GCM.open(box, using: key, authenticating: authenticated) else {
      throw StorageError(.wrongPassphrase)
    }
    return Array(secrets)
  }
}
