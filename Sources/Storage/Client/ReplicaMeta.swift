public import CRDT
public import CaseModel

/// Whose replica a folder holds, where it syncs to, and how far it has come.
public struct ReplicaMeta: Hashable, Sendable {
  /// The tenant.
  public var tenant: Identifier
  /// The tenant's name.
  public var tenantName: String
  /// The tenant's Ed25519 public key, pinned at enrolment.
  public var tenantKey: [UInt8]
  /// The account whose device this is: the author of what is written here.
  public var account: Identifier
  /// The person behind the account.
  public var person: Identifier
  /// The person's name.
  public var personName: String
  /// The person's role in the tenant.
  public var role: Role
  /// The cases that an external reporter may send to, under the names he knows.
  public var aliases: [Identifier]
  /// The device's certificate, encoded.
  public var certificate: [UInt8]
  /// The tenant's signature of it.
  public var certificateSignature: [UInt8]
  /// The actor that the device writes as.
  public var actor: ActorID
  /// Where the server is.
  public var serverURL: String
  /// A file of certificate authorities to trust instead of the system's.
  public var authorityFile: String?
  /// How the device's keys are protected.
  public var protection: KeyProtection
  /// The newest epoch known.
  public var epoch: Identifier
  /// The session token to show next time.
  public var sessionToken: Identifier?
  /// Up to where everything was delivered, as the server sealed it.
  public var cursor: [UInt8]?
  /// The number of the last delivery stored, as the last session counts them.
  public var deliveries: UInt64 = 0
  /// The last journal entry that has a verdict.
  public var judgedEntries: UInt64 = 0
  /// The server's clock minus this device's, in milliseconds, as last estimated.
  public var clockOffset: Int64 = 0
  /// When the server was last reached, in milliseconds since 1970 by this device's clock.
  public var lastContact: Int64?
  /// When everything had last been pushed and delivered.
  public var lastCaughtUp: Int64?
  /// How the last exchange failed; `nil` since one was opened.
  public var lastFailure: ExchangeFailure?

  /// Describes a replica that was just enrolled.
  public init(
    tenant: Identifier, tenantName: String, tenantKey: [UInt8], account: Identifier, person: Identifier,
    personName: String, role: Role, aliases: [Identifier] = [], certificate: [UInt8] = [],
    certificateSignature: [UInt8] = [], actor: ActorID, serverURL: String, authorityFile: String? = nil,
    protection: KeyProtection = .unprotected, epoch: Identifier, sessionToken: Identifier? = nil
  ) {
    self.tenant = tenant
    self.tenantName = tenantName
    self.tenantKey = tenantKey
    self.account = account
    self.person = person
    self.personName = personName
    self.role = role
    self.aliases = aliases
    self.certificate = certificate
    self.certificateSignature = certificateSignature
    self.actor = actor
    self.serverURL = serverURL
    self.authorityFile = authorityFile
    self.protection = protection
    self.epoch = epoch
    self.sessionToken = sessionToken
  }
}
