public import CRDT
import Crypto

/// What a tenant starts with.
public struct NewTenant: Sendable {
  /// Names the tenant.
  public let id: Identifier
  /// The name that people read.
  public let name: String
  /// The first epoch of the server's log.
  public let epoch: Identifier
  /// The secret of the tenant's Ed25519 key, 32 bytes.
  public let signingSecret: [UInt8]
  /// The secret behind stamps and cursors, 32 bytes.
  public let stampSecret: [UInt8]

  /// Describes a tenant.
  public init(
    id: Identifier, name: String, epoch: Identifier, signingSecret: [UInt8], stampSecret: [UInt8]
  ) {
    self.id = id
    self.name = name
    self.epoch = epoch
    self.signingSecret = signingSecret
    self.stampSecret = stampSecret
  }

  /// A tenant with keys and ids drawn from the system's generator.
  public static func generated(name: String) -> NewTenant {
    func bytes() -> [UInt8] { SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) } }
    func identifier() -> Identifier {
      Identifier(randomHigh: .random(in: 0 ... .max), randomLow: .random(in: 0 ... .max))
    }
    return NewTenant(
      id: identifier(), name: name, epoch: identifier(), signingSecret: bytes(), stampSecret: bytes())
  }
}
