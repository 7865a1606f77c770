public import CRDT

/// What stands in clear in front of a bundle: a push or a delivery that is carried as a file between one
/// device and its tenant (`Protocol/README.md` section 12).
public struct BundleHeader: Hashable, Sendable {
  /// Which way it goes.
  public enum Kind: Hashable, Sendable {
    /// From the device to its tenant.
    case push
    /// From the tenant to the device.
    case delivery
    /// From one tenant to another, which `tenant` names.
    case transfer

    var message: WireBundleKind {
      switch self {
      case .push: .bundlePush
      case .delivery: .bundleDelivery
      case .transfer: .bundleTransfer
      }
    }
  }

  /// Which way it goes.
  public let kind: Kind
  /// The tenant.
  public let tenant: Identifier
  /// The device's actor; 0 of a transfer.
  public let actor: ActorID
  /// What the receiver needs to open it (HPKE, RFC 9180), 32 bytes.
  public let encapsulatedKey: [UInt8]

  /// Describes a bundle.
  public init(kind: Kind, tenant: Identifier, actor: ActorID, encapsulatedKey: [UInt8]) {
    self.kind = kind
    self.tenant = tenant
    self.actor = actor
    self.encapsulatedKey = encapsulatedKey
  }

  /// Reads a header.
  ///
  /// - Throws: `ProtocolError`: `MALFORMED`; `UNSUPPORTED` for a form or a kind of a later version.
  public init(encoded bytes: [UInt8]) throws {
    guard bytes.count <= Limits.bundleHeaderBytes, let message = try? WireBundleHeader(serializedBytes: bytes)
    else { throw ProtocolError.malformed }
    guard message.version == Self.version else { throw ProtocolError(.unsupported) }
    switch message.kind {
    case .bundlePush: kind = .push
    case .bundleDelivery: kind = .delivery
    case .bundleTransfer: kind = .transfer
    case .bundleUnspecified, .UNRECOGNIZED: throw ProtocolError(.unsupported)
    }
    guard let tenant = Identifier(bytes: message.tenant), message.encapsulatedKey.count == 32 else {
      throw ProtocolError.malformed
    }
    self.tenant = tenant
    actor = ActorID(rawValue: message.actor)
    encapsulatedKey = Array(message.encapsulatedKey)
  }

  /// As it stands in the file.
  public var encoded: [UInt8] {
    let message = WireBundleHeader.with {
      $0.version = Self.version
      $0.kind = kind.message
      $0.tenant = .init(tenant.bytes)
      $0.actor = actor.rawValue
      $0.encapsulatedKey = .init(encapsulatedKey)
    }
    return (try? message.serializedBytes()) ?? []
  }

  private static let version: UInt32 = 1

  /// What the sealing binds beside the content: HPKE's `info`. The encapsulated key HPKE binds by itself.
  public var sealingInfo: [UInt8] {
    Array("kos.bundle-seal.v1".utf8) + [0, UInt8(truncatingIfNeeded: kind.message.rawValue)] + tenant.bytes
      + (0..<8).map { UInt8(truncatingIfNeeded: actor.rawValue >> (56 - 8 * UInt64($0))) }
  }
}
