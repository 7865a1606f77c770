public import CRDT
public import Crypto
import FoundationEssentials

/// What is sealed to the tenant's key by a device that may not read it any more, or hands it over some day:
/// HPKE (RFC 9180) in base mode, one message a seal, with the suite of bundles. Bound beside it is whose
/// device it was.
///
/// To seal draws random bytes, and so is `Storage`'s.
public enum TenantSeal {
  /// The suite of whatever is sealed to a tenant or a device.
  public static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly

  /// What is bound beside the content.
  public static func info(tenant: Identifier, actor: ActorID) -> [UInt8] {
    Array("kos.sealed-item.v1".utf8) + tenant.bytes
      + (0..<8).map { UInt8(truncatingIfNeeded: actor.rawValue >> (56 - 8 * UInt64($0))) }
  }

  /// Opens what was sealed.
  ///
  /// - Parameters:
  ///   - sealed: the encapsulated key, 32 bytes, and what is sealed.
  ///   - secret: of the tenant's X25519 key.
  /// - Returns: `nil` when it is not what was sealed, or for another.
  public static func open(
    _ sealed: [UInt8], secret: [UInt8], tenant: Identifier, actor: ActorID
  ) -> [UInt8]? {
    guard sealed.count > 32, AgreementKey.isUsable(Array(sealed.prefix(32))),
      let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: secret),
      var receiver = try? HPKE.Recipient(
        privateKey: key, ciphersuite: suite, info: Data(info(tenant: tenant, actor: actor)),
        encapsulatedKey: Data(sealed.prefix(32)))
    else { return nil }
    return (try? receiver.open(sealed.dropFirst(32))).map { Array($0) }
  }
}
