public import CRDT
public import CaseModel
public import WireProtocol

/// Who may connect: the tenant itself, its accounts, their devices, and the codes that wait for a device.
public struct TenantDirectory: Sendable {
  /// The tenant.
  public private(set) var tenant: Tenant
  /// Accounts by id.
  public private(set) var accounts: [Identifier: Account] = [:]
  /// Devices by actor.
  public private(set) var devices: [ActorID: Device] = [:]
  /// Codes by id.
  public private(set) var codes: [UInt64: PendingCode] = [:]
  /// Whose access ended, by device.
  public private(set) var revocations: [Identifier: Revocation] = [:]
  /// The digests of the originals that accepted changes stand for: each is taken once.
  public private(set) var takenOrigins: Set<Digest> = []
  /// The tenants in which the chains of actors start who never were here: their records came from there.
  public private(set) var homes: [ActorID: Identifier] = [:]

  /// Whether the server was opened without its ledger: it takes what devices push, and delivers nothing.
  public private(set) var isInRecovery = false

  /// What waits for persons' decisions.
  public internal(set) var quarantine = Quarantine()

  /// A tenant without accounts.
  public init(tenant: Tenant) { self.tenant = tenant }

  private var accountOfPerson: [Identifier: Identifier] = [:]

  /// The account of a person.
  public func account(of person: Identifier) -> Account? { accountOfPerson[person].flatMap { accounts[$0] } }

  /// Adds or replaces an account.
  public mutating func update(_ account: Account) {
    accounts[account.id] = account
    accountOfPerson[account.person] = account.id
  }

  /// Adds or replaces a device.
  public mutating func update(_ device: Device) { devices[device.actor] = device }

  /// Adds or replaces a code.
  public mutating func update(_ code: PendingCode) { codes[code.id] = code }

  /// Notes that the access of a device ended.
  public mutating func revoke(_ revocation: Revocation) { revocations[revocation.device] = revocation }

  /// Notes that an accepted change stands for the original.
  public mutating func take(origin digest: Digest) { takenOrigins.insert(digest) }

  /// Notes in which tenant an actor's chains start.
  public mutating func note(home: Identifier, of actor: ActorID) { homes[actor] = home }

  /// An entry waits for a person.
  public mutating func update(_ waiting: QuarantinedEntry) { quarantine.add(waiting) }

  /// Somebody decided on an entry.
  public mutating func settle(_ name: QuarantineName) { quarantine.remove(name) }

  /// A new epoch of the log begins.
  public mutating func begin(_ start: EpochStart) { tenant = tenant.beginning(start) }

  /// The server was opened without its ledger.
  public mutating func beginRecovery() { isInRecovery = true }

  /// A leader ended the recovery.
  public mutating func endRecovery() { isInRecovery = false }

  /// Forgets the codes whose time is over. A used one is known until then: the device that used it may not
  /// have heard so.
  public mutating func removeExpiredCodes(at now: Int64) {
    codes = codes.filter { now < $0.value.expiresAt }
  }
}

/// One municipality: one server process and one database.
public struct Tenant: Sendable {
  /// Names the tenant.
  public let id: Identifier
  /// The name that people read.
  public let name: String
  /// The key that clients pin at enrolment.
  public let signingKey: SigningKey
  /// The key that others seal to for the tenant (X25519), 32 bytes.
  public let agreementKey: [UInt8]
  /// The key for stamps and cursors.
  public let stampKey: StampKey
  /// The epochs of the server's log, the first one first.
  public let epochs: [EpochStart]
  /// The epoch of the server's log.
  public let epoch: Identifier

  /// Describes a tenant.
  ///
  /// - Parameter earlier: the epochs before this one, and where each began.
  public init(
    id: Identifier, name: String, signingKey: SigningKey, stampKey: StampKey, epoch: Identifier,
    earlier: [EpochStart] = [], startingAt position: UInt64 = 0
  ) {
    self.id = id
    self.name = name
    self.signingKey = signingKey
    agreementKey = signingKey.tenantAgreementKey
    self.stampKey = stampKey
    self.epoch = epoch
    epochs = earlier + [EpochStart(epoch: epoch, position: position)]
  }

  /// The same tenant in a new epoch.
  func beginning(_ start: EpochStart) -> Tenant {
    Tenant(
      id: id, name: name, signingKey: signingKey, stampKey: stampKey, epoch: start.epoch, earlier: epochs,
      startingAt: start.position)
  }

  /// Whether the log ever was in an epoch.
  func hasLived(in epoch: Identifier) -> Bool { epochs.contains { $0.epoch == epoch } }
}

/// An epoch of a server's log, and where it left the one before.
public struct EpochStart: Hashable, Sendable {
  /// Names the epoch.
  public let epoch: Identifier
  /// The position of the last change before it.
  public let position: UInt64

  /// Describes the start of an epoch.
  public init(epoch: Identifier, position: UInt64) {
    self.epoch = epoch
    self.position = position
  }
}

/// What a person signs in as; one person has at most one in a tenant.
public struct Account: Hashable, Sendable {
  /// Names the account; it is the author of what its devices write.
  public let id: Identifier
  /// The person whom it belongs to.
  public let person: Identifier
  /// The person's name when the account was made; empty once she was erased from the register.
  public private(set) var personName: String
  /// The person's role in the tenant.
  public let role: Role
  /// Who invited the person; `nil` for whom the set-up of the tenant invited.
  public let inviter: Identifier?
  /// Since when the person may do nothing any more, in milliseconds since 1970; `nil` while she may.
  public var endedAt: Int64?

  /// The role that counts; `nil` once the account has ended.
  public var standingRole: Role? { endedAt == nil ? role : nil }

  /// The account, as one that goes on.
  var resumed: Account {
    var resumed = self
    resumed.endedAt = nil
    return resumed
  }

  /// The account, without a name.
  var nameless: Account {
    var nameless = self
    nameless.personName = ""
    return nameless
  }

  /// Describes an account.
  public init(
    id: Identifier, person: Identifier, personName: String, role: Role, inviter: Identifier? = nil,
    endedAt: Int64? = nil
  ) {
    self.endedAt = endedAt
    self.inviter = inviter
    self.id = id
    self.person = person
    self.personName = personName
    self.role = role
  }
}

/// A device of an account.
public struct Device: Hashable, Sendable {
  /// Names the device.
  public let id: Identifier
  /// The actor that it writes as.
  public let actor: ActorID
  /// Whose device it is.
  public let account: Identifier
  /// The device's name, given by its owner.
  public let name: String
  /// The Ed25519 public key, 32 bytes.
  public let signingKey: [UInt8]
  /// The X25519 public key, 32 bytes.
  public let agreementKey: [UInt8]
  /// What the server has of the actor's journal.
  public var journal: JournalHead
  /// The session token that the device proved to have stored.
  public var token: Identifier?
  /// The session token that was handed out last and not used yet.
  public var offeredToken: Identifier?
  /// The number of the last delivery that the device confirmed.
  public var deliveries: UInt64
  /// How many records it said that it wiped.
  public var wipes: UInt64
  /// The actor that the device left for this one; `nil` for the one that it was enrolled with.
  public let predecessor: ActorID?
  /// Whether the device may be sent content. One that was restored or cloned may not, until a person says so.
  public var isConfirmed: Bool
  /// Whether another actor took this one's place in a new epoch.
  public var isRetired: Bool
  /// When it was enrolled, in milliseconds since 1970.
  public var enrolledAt: Int64
  /// The day of its last session, counted from 1970.
  public var contactDay: Int32

  /// Describes a device.
  public init(
    id: Identifier, actor: ActorID, account: Identifier, name: String, signingKey: [UInt8],
    agreementKey: [UInt8], journal: JournalHead, token: Identifier? = nil, offeredToken: Identifier? = nil,
    deliveries: UInt64 = 0, wipes: UInt64 = 0, predecessor: ActorID? = nil, isConfirmed: Bool = true,
    isRetired: Bool = false, enrolledAt: Int64 = 0, contactDay: Int32 = 0
  ) {
    self.enrolledAt = enrolledAt
    self.contactDay = contactDay
    self.predecessor = predecessor
    self.isConfirmed = isConfirmed
    self.isRetired = isRetired
    self.id = id
    self.actor = actor
    self.account = account
    self.name = name
    self.signingKey = signingKey
    self.agreementKey = agreementKey
    self.journal = journal
    self.token = token
    self.offeredToken = offeredToken
    self.deliveries = deliveries
    self.wipes = wipes
  }
}

/// A one-time code that waits for a device. The server knows a hash of its secret only.
public struct PendingCode: Hashable, Sendable {
  /// For how long a code is kept after it expired, in milliseconds: a clock may have been ahead, and be set
  /// back. Which device enrolled with it is in the ledger.
  public static let keptMilliseconds: Int64 = 30 * 24 * 60 * 60 * 1_000

  /// Names the code.
  public let id: UInt64
  /// The hash of its secret.
  public let verifier: Digest
  /// The role that the account gets.
  public let role: Role
  /// Whom it is for.
  public let person: Identifier
  /// That person's name; empty once she was erased from the register.
  public private(set) var personName: String
  /// The account, when the code is for a further device of it.
  public let account: Identifier?
  /// Milliseconds since 1970 by the server's clock.
  public let expiresAt: Int64
  /// How many wrong proofs there were.
  public var failures: Int
  /// Whether a device has enrolled with it.
  public var isUsed: Bool
  /// Who asked for it; `nil` when it was the set-up of the tenant.
  public let inviter: Identifier?
  /// Whether it is for somebody who is not in the room: the device waits until it is confirmed.
  public let isRemote: Bool

  /// Describes a code.
  public init(
    id: UInt64, verifier: Digest, role: Role, person: Identifier, personName: String, account: Identifier?,
    expiresAt: Int64, failures: Int = 0, isUsed: Bool = false, inviter: Identifier? = nil,
    isRemote: Bool = false
  ) {
    self.isRemote = isRemote
    self.inviter = inviter
    self.id = id
    self.verifier = verifier
    self.role = role
    self.person = person
    self.personName = personName
    self.account = account
    self.expiresAt = expiresAt
    self.failures = failures
    self.isUsed = isUsed
  }

  /// The code, without a name.
  var nameless: PendingCode {
    var nameless = self
    nameless.personName = ""
    return nameless
  }

  /// Whether a device may still enrol with it.
  public func isUsable(at now: Int64) -> Bool {
    !isUsed && failures < Limits.codeAttempts && now < expiresAt
  }
}
