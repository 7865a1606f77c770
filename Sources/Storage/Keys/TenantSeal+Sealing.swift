import CRDT
import Crypto
import FoundationEssentials
import WireProtocol

extension TenantSeal {
  /// Seals to the tenant's key what a device keeps for it.
  ///
  /// - Parameter key: the tenant's X25519 public key.
  /// - Returns: the encapsulated key, 32 bytes, and what is sealed.
  /// - Throws: `StorageError` `damaged` when nothing can be agreed with the key.
  static func seal(
    _ content: [UInt8], to key: [UInt8], tenant: Identifier, actor: ActorID
  ) throws -> [UInt8] {
    guard let receiver = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: key),
      var sender = try? HPKE.Sender(
        recipientKey: receiver, ciphersuite: suite, info: Data(info(tenant: tenant, actor: actor))),
      let sealed = try? sender.seal(content)
    else { throw StorageError(.damaged) }
    return Array(sender.encapsulatedKey) + Array(sealed)
  }
}
