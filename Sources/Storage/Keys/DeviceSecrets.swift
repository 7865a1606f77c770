import CRDT

/// What a device's key file keeps secret.
///
///     signing secret 32 bytes · agreement secret 32 · number of store keys 1
///     · store keys, the newest first, 32 each · nothing, or the key of the recovery code 32
struct DeviceSecrets: Hashable, Sendable {
  /// Of the Ed25519 key.
  let signing: [UInt8]
  /// Of the X25519 key.
  let agreement: [UInt8]
  /// Of the keys that the store is sealed under, the newest first.
  var storeKeys: [[UInt8]]
  /// Derived from the recovery code, which is stored nowhere: so the file can be written again without it.
  var recoveryKey: [UInt8]?

  init(signing: [UInt8], agreement: [UInt8], storeKeys: [[UInt8]], recoveryKey: [UInt8]?) {
    self.signing = signing
    self.agreement = agreement
    self.storeKeys = storeKeys
    self.recoveryKey = recoveryKey
  }

  var encoded: [UInt8] {
    signing + agreement + [UInt8(truncatingIfNeeded: storeKeys.count)] + storeKeys.joined()
      + (recoveryKey ?? [])
  }

  /// - Throws: `damaged`.
  init(encoded bytes: [UInt8]) throws {
    var rest = bytes[...]
    func take() throws -> [UInt8] {
      guard rest.count >= 32 else { throw StorageError(.damaged) }
      defer { rest = rest.dropFirst(32) }
      return Array(rest.prefix(32))
    }
    signing = try take()
    agreement = try take()
    guard let count = rest.popFirst(), count > 0 else { throw StorageError(.damaged) }
    storeKeys = try (0..<count).map { _ in try take() }
    recoveryKey = rest.isEmpty ? nil : try take()
    guard rest.isEmpty else { throw StorageError(.damaged) }
  }
}
