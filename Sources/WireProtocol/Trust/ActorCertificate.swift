public import CRDT
import SwiftProtobuf

/// What a device signs with the key of the actor that it leaves: that another key takes its place.
public struct ActorCertificate: Hashable, Sendable {
  /// The tenant.
  public let tenant: Identifier
  /// The actor that the device leaves.
  public let predecessor: ActorID
  /// The new actor's Ed25519 public key.
  public let signingKey: [UInt8]
  /// The newest epoch that the device knew.
  public let epoch: Identifier

  /// Describes a succession.
  public init(tenant: Identifier, predecessor: ActorID, signingKey: [UInt8], epoch: Identifier) {
    self.tenant = tenant
    self.predecessor = predecessor
    self.signingKey = signingKey
    self.epoch = epoch
  }

  /// The encoding that is signed in the context `kos.succession.v1`.
  public var encoded: [UInt8] {
    var writer = ProtobufWriter(capacity: 96)
    writer.field(1, identifier: tenant)
    writer.field(2, fixed64: predecessor.rawValue)
    writer.field(3, bytes: signingKey)
    writer.field(4, identifier: epoch)
    return writer.bytes
  }

  /// Reads an encoding.
  ///
  /// - Throws: `ProtocolError` when the bytes are not one.
  public init(encoded bytes: [UInt8]) throws {
    guard let message = try? WireActorCertificate(serializedBytes: bytes),
      let tenant = Identifier(bytes: message.tenant), let epoch = Identifier(bytes: message.epoch),
      message.signingKey.count == 32
    else { throw ProtocolError.malformed }
    self.init(
      tenant: tenant, predecessor: ActorID(rawValue: message.predecessor),
      signingKey: Array(message.signingKey), epoch: epoch)
  }
}

/// Six digits that a person compares or reads aloud, to tell one unconfirmed device from another.
public enum ConfirmationDigits {
  /// How many there are.
  public static let count = 6

  /// The digits of a device: the first eight bytes of SHA-256("kos.confirmation.v1" ‖ tenant ‖ public key),
  /// modulo a million.
  public static func of(signingKey: [UInt8], tenant: Identifier) -> UInt32 {
    let digest = Digest.of {
      $0.add("kos.confirmation.v1")
      $0.add(tenant)
      $0.add(signingKey)
    }
    return UInt32(digest.firstWord % 1_000_000)
  }

  /// The digits as they are shown.
  public static func text(_ digits: UInt32) -> String {
    let text = String(digits)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}
