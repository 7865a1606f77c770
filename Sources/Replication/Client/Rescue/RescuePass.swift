public import CRDT
import WireProtocol

/// What lies in clear beside sealed work, so that it can be handed over without the device's keys: where the
/// server is, who it must be, and that the device signed for it.
public struct RescuePass: Hashable, Sendable {
  /// The tenant.
  public let tenant: Identifier
  /// Its Ed25519 public key, as pinned at enrolment.
  public let tenantKey: [UInt8]
  /// The actor.
  public let actor: ActorID
  /// Its signature for this.
  public let signature: [UInt8]
  /// Where the server is.
  public let serverURL: String
  /// A file of certificate authorities to trust instead of the system's.
  public let authorityFile: String?

  /// Describes a pass that was read.
  public init(
    tenant: Identifier, tenantKey: [UInt8], actor: ActorID, signature: [UInt8], serverURL: String,
    authorityFile: String?
  ) {
    self.tenant = tenant
    self.tenantKey = tenantKey
    self.actor = actor
    self.signature = signature
    self.serverURL = serverURL
    self.authorityFile = authorityFile
  }

  /// Signs a pass.
  public init(_ identity: ClientIdentity, serverURL: String, authorityFile: String?) {
    let signed = Transcript.rescue(tenant: identity.tenant, actor: identity.actor)
    self.init(
      tenant: identity.tenant, tenantKey: identity.tenantKey, actor: identity.actor,
      signature: identity.signingKey.sign(signed, for: .rescue), serverURL: serverURL,
      authorityFile: authorityFile)
  }
}
