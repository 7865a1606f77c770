import Storage

/// Coming back to a replica whose passphrase is forgotten.
extension Replica {
  /// Opens the key file in a folder with the recovery code that was shown when the device was enrolled, and
  /// protects it anew. The code goes on to open it.
  ///
  /// - Parameter passphrase: gives the new passphrase; asked only if `protection` has one that a person
  ///   gives.
  /// - Throws: `ReplicaError`: `notEnrolled`, `wrongRecoveryCode`, `keyFileMissing`, `keyFileDamaged`; or
  ///   what `passphrase` throws. Nothing was changed then.
  public static func recover(
    home: String, recoveryCode: String, protection: Protection, passphrase: () throws -> String
  ) throws {
    guard ReplicaStore.exists(home: home) else { throw ReplicaError(.notEnrolled) }
    guard let code = RecoveryCode(recoveryCode) else { throw ReplicaError(.wrongRecoveryCode) }
    let kept = KeyProtection(protection)
    do {
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
