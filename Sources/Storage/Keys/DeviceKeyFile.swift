import Crypto
import FoundationEssentials

/// The key file as it is written: JSON, so that a person can see how the device is protected.
struct DeviceKeyFile: Codable {
  var format = "kos-device-key"
  var version = 1
  let protection: String
  /// Absent when the secrets are not wrapped.
  let passphrase: PassphraseKey?
  /// The signing secret and the agreement secret, 32 bytes each, in hexadecimal; wrapped: nonce, ciphertext,
  /// tag of AES-256-GCM.
  let secrets: String

  static func read(_ path: String) throws -> DeviceKeyFile {
    let bytes = try PrivateFiles.read(path)
    guard let file = try? JSONDecoder().decode(DeviceKeyFile.self, from: Data(bytes)),
      file.format == "kos-device-key"
    else { throw StorageError(.damaged) }
    guard file.version == 1 else { throw StorageError(.newerSchema) }
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
    return Array("kos.device-key.v1\u{0}\(protection)\u{0}\(parameters)".utf8)
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
