public import CRDT
import Crypto
public import WireProtocol

/// A device's secrets: the Ed25519 key that it signs with as an actor, the X25519 key that others seal to,
/// and the keys that its store is sealed under.
///
/// They live in `device.key` (mode 0600) in the replica's folder. Nothing here prompts: whoever calls says
/// how a passphrase is come by.
public struct DeviceKeys: Sendable {
  /// Signs as the device's actor.
  public let signingKey: SigningKey
  /// The X25519 public key, 32 bytes.
  public let agreementKey: [UInt8]

  /// What the replica's store is sealed under.
  public private(set) var storeKeys: StoreKeys

  private var secrets: DeviceSecrets
  /// The X25519 secret, 32 bytes.
  var agreementSecret: [UInt8] { secrets.agreement }

  /// The actor that the signing key names.
  public var actor: ActorID { Transcript.actor(of: signingKey.publicKey) }

  /// The key of an actor that takes the place of another one: derived from the device's with a random salt
  /// that the replica keeps (HKDF, RFC 5869), so that clones of a device get different ones. `nil` stands for
  /// the device's own.
  public func signingKey(salt: [UInt8]?) throws -> SigningKey {
    guard let salt else { return signingKey }
    let secret = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: secrets.signing), salt: salt, info: Array("kos.actor-key.v1".utf8),
      outputByteCount: 32)
    return try SigningKey(secret: secret.withUnsafeBytes { Array($0) })
  }

  /// Keys drawn from the system's generator.
  public static func generated() throws -> DeviceKeys {
    try DeviceKeys(
      DeviceSecrets(
        signing: Array(Curve25519.Signing.PrivateKey().rawRepresentation),
        agreement: Array(Curve25519.KeyAgreement.PrivateKey().rawRepresentation),
        storeKeys: try StoreKeys.generated().secrets, recoveryKey: nil))
  }

  private init(_ secrets: DeviceSecrets) throws {
    guard let signing = try? SigningKey(secret: secrets.signing),
      let agreement = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: secrets.agreement)
    else { throw StorageError(.damaged) }
    storeKeys = try StoreKeys(secrets: secrets.storeKeys)
    self.secrets = secrets
    signingKey = signing
    agreementKey = Array(agreement.publicKey.rawRepresentation)
  }

  /// Makes a recovery code, which takes the place of an earlier one once the key file is written again. Who
  /// has it and the key file has everything, whatever protects the file otherwise: it is shown once, for a
  /// person to keep apart from the device.
  public mutating func makeRecoveryCode() -> RecoveryCode {
    let code = RecoveryCode.generated()
    secrets.recoveryKey = code.key
    return code
  }

  /// Takes other keys for the store. The key file must be written before the store is sealed under them, and
  /// only once it is sealed anew may older ones be left out.
  public mutating func replaceStoreKeys(by keys: StoreKeys) {
    storeKeys = keys
    secrets.storeKeys = keys.secrets
  }

  /// Writes the key file in a folder, which is made if need be; one that is there is replaced whole.
  ///
  /// - Parameter passphrase: gives the passphrase; asked only if `protection` has one that a person gives.
  /// - Throws: `StorageError`, among them `noKeyring` when the kernel keeps no keys for this process.
  public func store(
    in home: String, protection: KeyProtection, passphrase: () throws -> String
  ) throws {
    try PrivateFiles.makeDirectory(home)
    let bytes = secrets.encoded
    // It stays as somebody said once.
    let lockAfter = try? DeviceKeyFile.read(ReplicaPaths(home).deviceKey).lockAfterSeconds
    let recovery = try secrets.recoveryKey.map { try DeviceKeyFile.wrap(bytes, recovery: $0) }
    let path = ReplicaPaths(home).deviceKey
    if protection == .unprotected {
      return try DeviceKeyFile(
        protection: protection.stored, lockAfterSeconds: lockAfter, note: DeviceKeyFile.unprotectedNote,
        passphrase: nil,
        secrets: Hexadecimal.encode(bytes), recovery: recovery
      ).write(to: path)
    }
    let parameters = PassphraseKey.generated()
    let key = try parameters.derive(from: try Self.passphrase(for: protection, passphrase))
    let wrapped = try DeviceKeyFile.wrap(bytes, with: key, protection.stored, parameters)
    if protection == .sessionKeyring {
      try Self.keep(key, parameters, for: lockAfter ?? DeviceKeyFile.lockAfterUnlessSaid)
    }
    try DeviceKeyFile(
      protection: protection.stored, lockAfterSeconds: lockAfter, passphrase: parameters, secrets: wrapped,
      recovery: recovery
    ).write(to: path)
  }

  /// Reads the key file in a folder.
  ///
  /// - Parameter passphrase: gives the passphrase; asked only if a person gives it and the kernel does not
  ///   keep what was derived from it.
  /// - Throws: `StorageError`: `missing`, `tooOpen` when others may read the file, `wrongPassphrase`,
  ///   `damaged`.
  public init(home: String, passphrase: () throws -> String) throws {
    try self.init(DeviceSecrets(encoded: try Self.secrets(in: home, passphrase)))
  }

  /// Reads the key file in a folder with the device's recovery code; a new passphrase is set by `store`.
  ///
  /// - Throws: `StorageError`: `missing`, `tooOpen`, `wrongRecoveryCode`, `damaged`.
  public init(home: String, recoveryCode: RecoveryCode) throws {
    let file = try DeviceKeyFile.read(ReplicaPaths(home).deviceKey)
    try self.init(DeviceSecrets(encoded: try file.unwrap(recovery: recoveryCode.key)))
  }

  private static func secrets(in home: String, _ passphrase: () throws -> String) throws -> [UInt8] {
    let file = try DeviceKeyFile.read(ReplicaPaths(home).deviceKey)
    let protection = try KeyProtection(stored: file.protection)
    guard let parameters = file.passphrase else {
      guard protection == .unprotected, let secrets = Hexadecimal.decode(file.secrets) else {
        throw StorageError(.damaged)
      }
      return secrets
    }
    let lockAfter = file.lockAfterSeconds ?? DeviceKeyFile.lockAfterUnlessSaid
    if protection == .sessionKeyring,
      let kept = try SessionKeyring.find(name(parameters), keepingFor: lockAfter),
      let secrets = try? file.unwrap(with: SymmetricKey(data: kept), parameters)
    {
      return secrets
    }
    let key = try parameters.derive(from: try Self.passphrase(for: protection, passphrase))
    let secrets = try file.unwrap(with: key, parameters)
    if protection == .sessionKeyring { try keep(key, parameters, for: lockAfter) }
    return secrets
  }

  /// How the key file in a folder is protected.
  public static func protection(home: String) throws -> KeyProtection {
    try KeyProtection(stored: try DeviceKeyFile.read(ReplicaPaths(home).deviceKey).protection)
  }

  /// After how long without use the replica in a folder locks, where a person unlocks it.
  public static func lockAfter(home: String) throws -> Duration {
    let file = try DeviceKeyFile.read(ReplicaPaths(home).deviceKey)
    return .seconds(file.lockAfterSeconds ?? DeviceKeyFile.lockAfterUnlessSaid)
  }

  /// Says after how many seconds without use the replica in a folder locks. Nobody is asked for anything.
  public static func setLockAfter(seconds: UInt32, home: String) throws {
    let path = ReplicaPaths(home).deviceKey
    var file = try DeviceKeyFile.read(path)
    file.lockAfterSeconds = seconds
    try file.write(to: path)
  }

  /// Makes the kernel forget what it keeps for the key file in a folder, so that the passphrase is needed
  /// again.
  public static func lock(home: String) throws {
    let file = try DeviceKeyFile.read(ReplicaPaths(home).deviceKey)
    if let parameters = file.passphrase { SessionKeyring.forget(name(parameters)) }
  }

  /// Removes the key file of an enrolment that failed, and the folder if nothing else is in it.
  public static func discard(home: String) {
    try? lock(home: home)
    PrivateFiles.remove(ReplicaPaths(home).deviceKey)
    PrivateFiles.removeEmptyDirectory(home)
  }

  private static func passphrase(
    for protection: KeyProtection, _ ask: () throws -> String
  ) throws -> String {
    guard case .passphraseFile(let path) = protection else { return try ask() }
    // A file that was moved since is no end: the caller may know where it is now.
    guard PrivateFiles.exists(path) else { return try ask() }
    var bytes = try PrivateFiles.read(path)
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
      bytes.removeLast()
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func keep(
    _ key: SymmetricKey, _ parameters: PassphraseKey, for seconds: UInt32
  ) throws {
    try SessionKeyring.keep(key.withUnsafeBytes { Array($0) }, as: name(parameters), for: seconds)
  }

  /// The salt is random, so it names the file without telling anything.
  private static func name(_ parameters: PassphraseKey) -> String { "kos:device:" + parameters.salt }
}
