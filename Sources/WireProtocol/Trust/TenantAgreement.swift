import Crypto

/// The key that others seal to for a tenant (X25519), which is derived from the one that it signs with: so
/// whoever restores a tenant from a backup can open what was sealed to it before.
extension SigningKey {
  /// The secret of the agreement key, 32 bytes: HKDF-SHA-256 (RFC 5869) of the signing secret.
  public var tenantAgreementSecret: [UInt8] {
    let secret = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: key.rawRepresentation), salt: [UInt8](),
      info: Array("kos.tenant-agreement-key.v1".utf8), outputByteCount: 32)
    return secret.withUnsafeBytes { Array($0) }
  }

  /// The agreement key, 32 bytes.
  public var tenantAgreementKey: [UInt8] {
    guard let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: tenantAgreementSecret) else {
      preconditionFailure("32 bytes are no X25519 secret")
    }
    return Array(key.publicKey.rawRepresentation)
  }
}
