public import CRDT
import CaseModel
import SwiftProtobuf
import WireProtocol

extension LedgerEntry {
  /// The entry as it stands in a ledger.
  public var encoded: [UInt8] {
    get throws {
      var entry = LedgerLedgerEntry()
      entry.number = number
      entry.writtenAt = writtenAt
      entry.records = events.compactMap(\.message)
      return try entry.serializedBytes()
    }
  }

  /// Reads an entry.
  ///
  /// - Throws: `ProtocolError` when the bytes are not one.
  public init(encoded bytes: [UInt8], tenant: Identifier) throws {
    guard let entry = try? LedgerLedgerEntry(serializedBytes: bytes) else { throw ProtocolError.malformed }
    self.init(
      number: entry.number, writtenAt: entry.writtenAt,
      events: try entry.records.compactMap { try LedgerEvent($0, tenant: tenant) })
  }
}

extension LedgerEvent {
  /// `nil` for what is not this version's.
  fileprivate var message: LedgerLedgerRecord? {
    var record = LedgerLedgerRecord()
    switch self {
    case .enrolled(let device, let account, let code):
      record.enrolment = .with {
        $0.account = LedgerAccount(account)
        $0.device = LedgerDevice(device)
        $0.code = code
      }
    case .succeeded(let device, let retires):
      record.succession = .with {
        $0.device = LedgerDevice(device)
        $0.predecessor = device.predecessor?.rawValue ?? 0
        $0.retiresPredecessor = retires
      }
    case .confirmed(let actor): record.confirmation = .with { $0.actor = actor.rawValue }
    case .entered(let actor, let enters):
      record.enters = .with {
        $0.actor = actor.rawValue
        $0.enters = enters.map(LedgerEnter.init)
      }
    case .exited(let actor, let exits):
      record.exits = .with {
        $0.actor = actor.rawValue
        $0.exits = exits.map(LedgerEnter.init)
      }
    case .receipted(let receipt):
      record.receipt = .with {
        $0.actor = receipt.actor.rawValue
        $0.body = .init(receipt.body)
        $0.signature = .init(receipt.signature)
      }
    case .revoked(let end):
      record.revocation = .with {
        $0.devices = end.devices.map { .init($0.bytes) }
        $0.reason = end.reason.rawValue
        if let account = end.account { $0.endedAccount = .init(account.bytes) }
        $0.person = .init(end.person.bytes)
        $0.actor = end.actor.rawValue
      }
    case .epochBegan(let start):
      record.epochBegin = .with {
        $0.epoch = .init(start.epoch.bytes)
        $0.position = start.position
      }
    case .recoveryBegan(let head):
      record.recoveryBegin = .with {
        $0.known = head.number
        $0.digest = .init(head.digest.bytes)
      }
    case .recoveryEnded(let end):
      record.recoveryEnd = .with {
        $0.actor = end.actor.rawValue
        $0.statement = .init(end.statement)
        $0.signature = .init(end.signature)
      }
    case .governed(let change):
      record.governingChange = .with {
        $0.record = .init(change.record.bytes)
        $0.key = change.key
        $0.digest = change.digest
        $0.content = .init(change.content)
      }
    case .keysDestroyed(let records):
      record.keyDestruction = .with { $0.records = records.map { .init($0.bytes) } }
    case .logBegan(let kind, let log):
      record.logBegin = .with {
        $0.log = UInt32(kind.rawValue)
        $0.logID = .init(log.bytes)
      }
    case .logRows(let rows): record.logRows = LedgerLogRows(rows)
    case .arrived(let tenant, let actors):
      record.arrival = .with {
        $0.tenant = .init(tenant.bytes)
        $0.actors = actors.map(\.rawValue)
      }
    case .unknown: return nil
    }
    return record
  }

  fileprivate init(_ record: LedgerLedgerRecord, tenant: Identifier) throws {
    switch record.record {
    case .enrolment(let enrolment):
      let account = try Account(enrolment.account)
      self = .enrolled(
        try Device(enrolment.device, tenant: tenant, predecessor: nil), of: account, code: enrolment.code)
    case .succession(let succession):
      let predecessor = ActorID(rawValue: succession.predecessor)
      self = .succeeded(
        try Device(succession.device, tenant: tenant, predecessor: predecessor),
        retiresPredecessor: succession.retiresPredecessor)
    case .arrival(let arrival):
      guard let origin = Identifier(bytes: arrival.tenant) else { throw ProtocolError.malformed }
      self = .arrived(from: origin, arrival.actors.map(ActorID.init(rawValue:)))
    case .confirmation(let confirmation): self = .confirmed(ActorID(rawValue: confirmation.actor))
    case .enters(let enters):
      self = .entered(ActorID(rawValue: enters.actor), try enters.enters.map(Enter.init))
    case .exits(let exits):
      self = .exited(ActorID(rawValue: exits.actor), try exits.exits.map(Enter.init))
    case .receipt(let receipt):
      self = .receipted(
        try Receipt(
          actor: ActorID(rawValue: receipt.actor), body: Array(receipt.body),
          signature: Array(receipt.signature)))
    case .revocation(let revocation):
      guard let reason = RevocationReason(rawValue: revocation.reason) else { throw ProtocolError.malformed }
      self = .revoked(
        AccessEnd(
          devices: try revocation.devices.map { try Identifier(ledger: $0) }, reason: reason,
          account: revocation.endedAccount.isEmpty ? nil : try Identifier(ledger: revocation.endedAccount),
          person: try Identifier(ledger: revocation.person), actor: ActorID(rawValue: revocation.actor)))
    case .epochBegin(let begin):
      self = .epochBegan(EpochStart(epoch: try Identifier(ledger: begin.epoch), position: begin.position))
    case .recoveryBegin(let begin):
      guard let digest = Digest(bytes: begin.digest) else { throw ProtocolError.malformed }
      self = .recoveryBegan(LedgerHead(number: begin.known, digest: digest))
    case .recoveryEnd(let end):
      self = .recoveryEnded(
        RecoveryEnd(
          actor: ActorID(rawValue: end.actor), statement: Array(end.statement),
          signature: Array(end.signature)))
    case .governingChange(let change):
      self = .governed(
        SealedChange(
          record: try Identifier(ledger: change.record), key: change.key, digest: change.digest,
          content: Array(change.content)))
    case .keyDestruction(let destruction):
      self = .keysDestroyed(try destruction.records.map { try Identifier(ledger: $0) })
    case .logBegin(let begin):
      self = .logBegan(try LogKind(ledger: begin.log), try Identifier(ledger: begin.logID))
    case .logRows(let rows): self = .logRows(try LedgerRows(rows))
    case nil:
      var scanner = FieldScanner(bytes: Array(record.unknownFields.data)[...])
      self = .unknown(kind: try scanner.nextNumber() ?? 0)
    }
  }
}

extension LedgerEnter {
  fileprivate init(_ enter: LedgerEvent.Enter) {
    self.init()
    record = .init(enter.record.bytes)
    generation = enter.generation
  }
}

extension LedgerEvent.Enter {
  fileprivate init(_ enter: LedgerEnter) throws {
    self.init(record: try Identifier(ledger: enter.record), generation: enter.generation)
  }
}

extension LedgerAccount {
  fileprivate init(_ account: Account) {
    self.init()
    id = .init(account.id.bytes)
    person = .init(account.person.bytes)
    personName = account.personName
    role = account.role.rawValue
    if let inviter = account.inviter { self.inviter = .init(inviter.bytes) }
  }
}

extension Account {
  fileprivate init(_ account: LedgerAccount) throws {
    self.init(
      id: try Identifier(ledger: account.id), person: try Identifier(ledger: account.person),
      personName: account.personName, role: Role(rawValue: account.role),
      inviter: account.inviter.isEmpty ? nil : try Identifier(ledger: account.inviter))
  }
}

extension LedgerDevice {
  fileprivate init(_ device: Device) {
    self.init()
    id = .init(device.id.bytes)
    account = .init(device.account.bytes)
    name = device.name
    signingKey = .init(device.signingKey)
    agreementKey = .init(device.agreementKey)
    unconfirmed = !device.isConfirmed
  }
}

extension Device {
  fileprivate init(_ device: LedgerDevice, tenant: Identifier, predecessor: ActorID?) throws {
    let key = Array(device.signingKey)
    guard key.count == 32 else { throw ProtocolError.malformed }
    let actor = Transcript.actor(of: key)
    self.init(
      id: try Identifier(ledger: device.id), actor: actor, account: try Identifier(ledger: device.account),
      name: device.name, signingKey: key, agreementKey: Array(device.agreementKey),
      journal: .start(tenant: tenant, actor: actor), predecessor: predecessor,
      isConfirmed: !device.unconfirmed)
  }
}

extension Identifier {
  fileprivate init(ledger bytes: some Collection<UInt8>) throws {
    guard let identifier = Identifier(bytes: Array(bytes)) else { throw ProtocolError.malformed }
    self = identifier
  }
}
