public import CRDT
public import CaseModel
public import Replication
public import WireProtocol

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
  /// How many records the actor has wiped that left the device's scope.
  public var wipes: UInt64 = 0
  /// How many entries wait for this person's decision, as the server last said.
  public var quarantineWaiting = 0
  /// How many devices wait for this person, who may confirm them, as the server last said.
  public var devicesWaiting = 0
  /// The last journal entry that has a verdict.
  public var judgedEntries: UInt64 = 0
  /// The server's clock minus this device's, in milliseconds, as last estimated.
  public var clockOffset: Int64 = 0
  /// When the server was last reached, in milliseconds since 1970 by this device's clock.
  public var lastContact: Int64?
  /// When everything had last been pushed and delivered.
  public var lastCaughtUp: Int64?
  /// What the actor's key is derived with from the device's; `nil` for the one that it was enrolled with.
  public var actorSalt: [UInt8]?
  /// How the actor came from the one that the device was enrolled with: encoded `Succession` messages, the
  /// first one first.
  public var lineage: [[UInt8]] = []
  /// What the key of the actor is derived with that is to take this one's place; `nil` when none is.
  public var successorSalt: [UInt8]?
  /// The stored entry after which the actor's journal begins, and the journal there.
  public var journalRow: UInt64 = 0
  /// See `journalRow`; `nil` for an empty journal.
  public var journalStart: JournalHead?
  /// Whether the server may still lack what is kept here, since it was restored.
  public var isHealing = false
  /// Whether the server has not delivered all that waits since a new epoch began: until there is a cursor
  /// behind what was given back to it, nothing would show that it was set back once more.
  public var isUnproved = false
  /// Whether the device is sent content; otherwise a person is to confirm it.
  public var isConfirmed = true
  /// The digits by which a person confirms the device, while it is not.
  public var confirmationDigits: String?
  /// When this device and its server were last set right, in milliseconds since 1970 by this device's clock.
  public var healedAt: Int64?
  /// How many own changes were written again then.
  public var reissuedChanges: UInt64 = 0
  /// How many changes the server had lost and got back from here then.
  public var returnedChanges: UInt64 = 0
  /// Names the delivery bundle that was last taken in; `nil` when none was.
  public var lastBundle: Digest?
  /// The number of the last order that this actor was given.
  public var lastOrder: UInt64 = 0
  /// The journal entry up to which own work was written again when this device and its server were set right.
  public var reissuedUpTo: UInt64 = 0
  /// The last row of what came to the device as changes up to the cursor.
  public var receivedUpTo: Int64 = 0
  /// How the last exchange failed; `nil` since one was opened.
  public var lastFailure: ExchangeFailure?
  /// That the device's access ended; `nil` while it goes on.
  public var accessEnded: AccessEnded?
  /// How long what is held may be shown without contact; `nil` until the server has said so.
  public var lease: Lease?
  /// What is kept of the logs of knowing.
  public var logs = KeptLogs()
  /// The latest time of the server that is known here; `nil` before the first session.
  public var knownTime: KnownTime?

  /// The key that the device seals to for its tenant (X25519), 32 bytes; `nil` when its certificate, of an
  /// early version, names none.
  public var tenantAgreementKey: [UInt8]? {
    guard let names = try? WireDeviceCertificate(serializedBytes: certificate),
      AgreementKey.isUsable(Array(names.tenantAgreementKey))
    else { return nil }
    return Array(names.tenantAgreementKey)
  }

  /// Names this device, as its tenant knows it; `nil` when its certificate, of an early version, does not.
  public var device: Identifier? {
    guard let names = try? WireDeviceCertificate(serializedBytes: certificate) else { return nil }
    return Identifier(bytes: Array(names.device))
  }

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
