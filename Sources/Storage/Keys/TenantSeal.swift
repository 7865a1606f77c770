import CRDT
import Crypto
import FoundationEssentials
import WireProtocol

/// Seals to the tenant's key what a device keeps and may not read any more: HPKE (RFC 9180) in base mode, one
/// message a seal, with the suite of bundles. Bound beside it is whose device it was.
enum TenantSeal {
  /// - Parameter key: the tenant's X25519 public key.
  /// - Returns: the encapsulated key, 32 bytes, and what is sealed.
  /// - Throws: `StorageError` `damaged` when nothing can be agreed with the key.
  static func seal(
    _ content: [UInt8], to key: [UInt8], tenant: Identifier, actor: ActorID
  ) throws -> [UInt8] {
    guard let receiver = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: key),
      var sender = try? HPKE.Sender(
        recipientKey: receiver, ciphersuite: BundleSeal.suite, info: Data(info(tenant, actor))),
      let sealed = try? sender.seal(content)
    else { throw StorageError(.damaged) }
    return Array(sender.encapsulatedKey) + Array(sealed)
  }

  /// - Parameter secret: of the tenant's X25519 key.
  /// - Returns: `nil` when it is not what was sealed, or for another.
  static func open(_ sealed: [UInt8], secret: [UInt8], tenant: Identifier, actor: ActorID) -> [UInt8]? {
    guard sealed.count > 32,
      let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: secret),
      var receiver = try? HPKE.Recipient(
        privateKey: key, ciphersuite: BundleSeal.suite, info: Data(info(tenant, actor)),
        encapsulatedKey: Data(sealed.prefix(32)))
    else { return nil }
    return (try? receiver.open(sealed.dropFirst(32))).map { Array($0) }
  }

  private static func info(_ tenant: Identifier, _ actor: ActorID) -> [UInt8] {
    Array("kos.sealed-item.v1".utf8) + tenant.bytes
      + (0..<8).map { UInt8(truncatingIfNeeded: actor.rawValue >> (56 - 8 * UInt64($0))) }
  }
}
