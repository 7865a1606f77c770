import Storage

/// Coming back to a replica whose passphrase is forgotten.
extension Replica {
  /// Opens the key file in a folder with the recovery code that was shown when the device was enrolled, and
  /// protects it anew. The code goes on to open it.
  ///
  /// - Parameters:
  ///   - protection: `nil` for the one that it has, or a passphrase where a file had it.
  ///   - passphrase: gives the new passphrase; asked only if `protection` has one that a person gives.
  /// - Throws: `ReplicaError`: `notEnrolled`, `wrongRecoveryCode`, `keyFileMissing`, `keyFileDamaged`; or
  ///   what `passphrase` throws. Nothing was changed then.
  public static func recover(
    home: String, recoveryCode: String, protection: Protection?, passphrase: () throws -> String
  ) throws {
    guard ReplicaStore.exists(home: home) else { throw ReplicaError(.notEnrolled) }
    guard let code = RecoveryCode(recoveryCode) else { throw ReplicaError(.wrongRecoveryCode) }
    do {
      let kept =
        switch (protection, try DeviceKeys.protection(home: home)) {
        case (let protection?, _): KeyProtection(protection)
        case (nil, .sessionKeyring): KeyProtection.sessionKeyring
        case (nil, .passphrase), (nil, .passphraseFile), (nil, .unprotected): KeyProtection.passphrase
        }
      let keys = try DeviceKeys(home: home, recoveryCode: code)
      let store = try ReplicaStore(home: home, seal: StoreSeal(keys.storeKeys))
      defer { try? store.close() }
      try keys.store(in: home, protection: kept, passphrase: passphrase)
      try store.updateMeta { $0.protection = kept }
    } catch let error as StorageError {
      switch error.code {
      case .missing: throw ReplicaError(.keyFileMissing)
      case .damaged: throw ReplicaError(.keyFileDamaged)
      default: throw ReplicaError(error)
      }
    }
  }
}
