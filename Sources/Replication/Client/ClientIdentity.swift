public import CRDT
import SwiftProtobuf
public import WireProtocol

/// Who a device is, and what it knows of its server.
public struct ClientIdentity: Sendable {
  /// The tenant.
  public let tenant: Identifier
  /// The tenant's key, pinned at enrolment.
  public let tenantKey: [UInt8]
  /// The actor that the device writes as.
  public let actor: ActorID
  /// The actor's key.
  public let signingKey: SigningKey
  /// The newest epoch that the server told.
  public let epoch: Identifier
  /// The newest session token that the server handed out.
  public let token: Identifier?
  /// Where delivery goes on; empty before the first.
  public let cursor: [UInt8]
  /// The number of the last delivery of its last session that the device stored.
  public let deliveries: UInt64
  /// How many records the actor has wiped that left the device's scope.
  public let wipes: UInt64
  /// What the device holds.
  public let holdings: Digest
  /// The key that is to take the place of the actor's; `nil` when none is.
  public let successor: SigningKey?
  /// Whether the server may still lack what the device keeps, since it was restored.
  public let isHealing: Bool
  /// Whether nothing shows yet what the device gave back to a server that was restored: should it be set back
  /// once more, it would not be found out.
  public let isUnproved: Bool
  /// Whether the device was sent content when it was last told.
  public let isConfirmed: Bool
  /// How the actor came from the one that the device was enrolled with: encoded `Succession` messages, the
  /// first one first.
  public let lineage: [[UInt8]]

  /// Describes a device.
  public init(
    tenant: Identifier, tenantKey: [UInt8], actor: ActorID, signingKey: SigningKey, epoch: Identifier,
    token: Identifier?, cursor: [UInt8], deliveries: UInt64, wipes: UInt64 = 0, holdings: Digest,
    successor: SigningKey? = nil,
    isHealing: Bool = false, isUnproved: Bool = false, isConfirmed: Bool = true, lineage: [[UInt8]] = []
  ) {
    self.lineage = lineage
    self.isConfirmed = isConfirmed
    self.successor = successor
    self.isHealing = isHealing
    self.isUnproved = isUnproved
    self.tenant = tenant
    self.tenantKey = tenantKey
    self.actor = actor
    self.signingKey = signingKey
    self.epoch = epoch
    self.token = token
    self.cursor = cursor
    self.deliveries = deliveries
    self.wipes = wipes
    self.holdings = holdings
  }

  /// The actors as which the device wrote, from the one that it was enrolled with.
  func ownActors() throws -> Set<ActorID> {
    var actors: Set = [actor]
    for encoded in lineage {
      let succession = try WireSuccession(serializedBytes: encoded)
      actors.insert(try ActorCertificate(encoded: Array(succession.certificate)).predecessor)
    }
    return actors
  }

  /// Whether the server may lack what it once had from this device or gave to it.
  var mayBeLacking: Bool { isHealing || isUnproved }

  /// The device once its new actor has taken the place of the old one, in an epoch.
  func succeeded(in epoch: Identifier) -> ClientIdentity {
    let key = successor ?? signingKey
    return ClientIdentity(
      tenant: tenant, tenantKey: tenantKey, actor: Transcript.actor(of: key.publicKey), signingKey: key,
      epoch: epoch, token: nil, cursor: successor == nil ? cursor : [],
      deliveries: successor == nil ? deliveries : 0, wipes: successor == nil ? wipes : 0, holdings: holdings)
  }
}

/// Who the server says that a device acts for.
public struct Membership: Hashable, Sendable {
  /// The account.
  public let account: Identifier
  /// The person.
  public let person: Identifier
  /// The person's name.
  public let personName: String
  /// The person's role in the tenant.
  public let role: UInt32
  /// The aliases under which an external reporter knows the cases that he may send to.
  public let aliases: [Identifier]
  /// The key that the device seals to for its tenant (X25519), 32 bytes; empty when the certificate names
  /// none.
  public let tenantAgreementKey: [UInt8]
  /// The device's certificate, as encoded, and the tenant's signature on it.
  public let certificate: [UInt8]
  /// See `certificate`.
  public let certificateSignature: [UInt8]

  /// Reads and checks the message.
  ///
  /// - Parameters:
  ///   - tenant: the tenant that the certificate must name.
  ///   - tenantKey: its Ed25519 public key.
  ///   - signingKey: the device's own public key, which the certificate must name.
  ///   - agreementKey: the same of its X25519 key; `nil` where only the signing key is at hand.
  /// - Throws: `ProtocolError` when it is not one, the tenant did not sign the certificate, or it is somebody
  ///   else's.
  public init(
    _ message: WireMembership, tenant: Identifier, tenantKey: [UInt8], signingKey: [UInt8],
    agreementKey: [UInt8]?
  ) throws {
    guard let account = Identifier(bytes: message.account), let person = Identifier(bytes: message.person)
    else {
      throw ProtocolError.malformed
    }
    self.account = account
    self.person = person
    personName = message.personName
    role = message.role
    aliases = try message.aliases.map { bytes in
      guard let alias = Identifier(bytes: bytes) else { throw ProtocolError.malformed }
      return alias
    }
    certificate = Array(message.certificate)
    certificateSignature = Array(message.certificateSignature)
    let key = try VerifyingKey(bytes: tenantKey)
    guard key.isValid(certificateSignature, over: certificate, for: .certificate) else {
      throw ProtocolError(.badSignature)
    }
    guard let names = try? WireDeviceCertificate(serializedBytes: certificate),
      Array(names.tenant) == tenant.bytes, Array(names.account) == account.bytes,
      Array(names.signingKey) == signingKey, agreementKey == nil || Array(names.agreementKey) == agreementKey
    else { throw ProtocolError(.badSignature) }
    tenantAgreementKey = Array(names.tenantAgreementKey)
    guard tenantAgreementKey.isEmpty || AgreementKey.isUsable(tenantAgreementKey) else {
      throw ProtocolError.malformed
    }
  }
}
