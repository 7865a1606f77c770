import CRDT
import CaseModel
import WireProtocol

@testable import Replication

/// A tenant of some persons and two families' cases, driven at the machine's own events and at instants that
/// a test gives. It is a value: a copy goes its own way.
///
/// Signatures of pushes are not made and not checked here: other tests do that, and here it would take most
/// of the time.
struct Town {
  let tenant: Tenant
  let residents: [Resident]
  /// Both families' cases. Who is named first in `Place` works in the first.
  let cases: [Identifier]
  /// Persons of the families whom records are about.
  let children: [Identifier]
  let alias: Identifier
  let organisations: [Identifier]
  var machine: TenantMachine
  var store = TenantModel()
  /// Milliseconds since 1970; everything that is committed at one instant has it.
  var now: Int64 = 1_600_000_000_000
  /// The messages to each connection that nobody took yet.
  var outbox: [ConnectionNumber: [WireServerMessage]] = [:]
  /// What came of the entries since this was taken: `nil` when one was accepted.
  var verdicts: [ActorID: [ErrorCode?]] = [:]
  /// What the log of what was delivered has.
  private(set) var noted = NotedActs()
  private(set) var connections: UInt64 = 0

  init(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let tenant = Tenant(
      id: random.identifier(), name: "Testkommune", signingKey: try SigningKey(secret: random.bytes(32)),
      stampKey: StampKey(secret: random.bytes(32)), epoch: random.identifier())
    self.tenant = tenant
    let residents = try Place.roles.map { try Resident($0, using: &random) }
    self.residents = residents
    cases = (0..<2).map { _ in random.identifier() }
    children = (0..<3).map { _ in random.identifier() }
    alias = random.identifier()
    organisations = (0..<2).map { _ in random.identifier() }
    var directory = TenantDirectory(tenant: tenant)
    var governing = GoverningState()
    var group = CommitGroup(after: 0)
    for resident in residents {
      let account = Account(
        id: resident.account, person: resident.person, personName: "P\(directory.accounts.count)",
        role: resident.role)
      group.accounts.append(account)
      directory.update(account)
      governing.setRole(resident.role, of: resident.person)
      for (key, actor) in zip(resident.keys, resident.actors) {
        let device = Device(
          id: random.identifier(), actor: actor, account: account.id, name: "device",
          signingKey: key.publicKey, agreementKey: random.bytes(32),
          journal: .start(tenant: tenant.id, actor: actor))
        group.devices[actor] = device
        directory.update(device)
      }
    }
    try store.apply(group)
    machine = TenantMachine(
      directory: directory, governing: governing, position: 0, logDigest: LogDigest.start,
      accessChangedAt: [:])
    try found(using: &random)
  }

  // MARK: Connections

  mutating func open(using random: inout SplitMix64) -> ConnectionNumber {
    connections += 1
    let id = ConnectionNumber(rawValue: connections)
    machine.opened(
      id,
      entropy: .init(
        nonce: random.bytes(32), newEpoch: random.identifier(), newDevice: random.identifier()))
    return id
  }

  mutating func close(_ connection: ConnectionNumber) {
    machine.closed(connection)
    outbox[connection] = nil
  }

  mutating func say(_ message: WireClientMessage, on connection: ConnectionNumber) throws {
    machine.received(try message.serializedBytes(), on: connection, at: now)
  }

  mutating func hear(_ connection: ConnectionNumber) -> [WireServerMessage] {
    outbox.removeValue(forKey: connection) ?? []
  }

  // MARK: Time

  /// Commits what was submitted, and answers.
  ///
  /// - Parameter body: called after each group with what was said then.
  mutating func commit(_ body: (inout Town, [TenantMachine.Action]) -> Void = { _, _ in }) throws {
    deliver(body)
    while var staged = machine.stage(at: now, in: store) {
      if !staged.group.isEmpty { try store.apply(staged.group) }
      noted.take(staged.group.delivered)
      for entry in staged.group.entries {
        verdicts[entry.actor, default: []].append(entry.verdict.refusal?.code)
      }
      machine.committed(&staged, SignatureCheck(invalid: []), in: store)
      machine.answer(staged, in: store)
      deliver(body)
    }
  }

  private mutating func deliver(_ body: (inout Town, [TenantMachine.Action]) -> Void) {
    if let group = machine.takeRows() { noted.take(group.delivered) }
    let actions = machine.takeActions()
    for action in actions {
      switch action {
      case .send(let id, let message): outbox[id, default: []].append(message)
      case .authenticated: break
      case .close(let id, _): machine.closed(id)
      }
    }
    body(&self, actions)
  }

  /// Lets time go on, and does at each instant what is due then.
  ///
  /// - Parameter body: called after each group with what was said then.
  mutating func pass(
    until instant: Int64, _ body: (inout Town, [TenantMachine.Action]) -> Void = { _, _ in }
  ) throws {
    while let due = machine.nextChange, due <= instant {
      now = max(now, due)
      machine.timePassed(at: now, in: store)
      try commit(body)
    }
    now = instant
  }

  // MARK: Looking

  func reference(_ record: Identifier) -> RecordReference? { store.reference(record) }

  func mayRead(_ person: Identifier, _ record: Identifier) -> Bool {
    reference(record).map { may(person, .read, $0, at: now, in: machine.governing).isAllowed } ?? false
  }

  /// What waits for a person's decision, by names of its own.
  func decidable(by person: Identifier) -> Set<Identifier> {
    let directory = machine.directory
    let waiting = directory.quarantine.decidable(by: person, at: now, in: machine.governing) {
      directory.accounts[$0]?.person
    }
    return Set(waiting.map { Identifier(high: $0.name.actor.rawValue, low: $0.name.entry) })
  }

  /// What a person may read of all that there is.
  func readable(by person: Identifier) -> Set<Identifier> {
    Set(store.records.keys.filter { mayRead(person, $0) })
  }

  /// What a person may write: records, by names of their own, and what she may create, by names that say
  /// what.
  func writable(by person: Identifier) -> Set<Identifier> {
    let records = store.records.keys.filter { id in
      reference(id).map { isAllowed(person, .write([]), $0) } ?? false
    }
    var writable = Set(records.map(Self.writing))
    let subjects = [[]] + children.map { [$0] } + [children]
    for (place, caseID) in cases.enumerated() {
      for kind in [RecordKind.note, .contact, .attachment, .inquiry, .protectedContact] {
        for (about, subjects) in subjects.enumerated() {
          for type in [InformationType.health, .social, .economy] {
            let record = RecordReference(
              id: caseID, kind: kind, caseID: caseID, creator: person, about: subjects,
              informationType: type, receivedAt: nil)
            guard isAllowed(person, .create([]), record) else { continue }
            writable.insert(
              Identifier(
                high: UInt64(place << 8 | about), low: UInt64(kind.rawValue) << 8 | UInt64(type.rawValue)))
          }
        }
      }
    }
    return writable
  }

  private func isAllowed(_ person: Identifier, _ action: CaseModel.Action, _ record: RecordReference) -> Bool
  {
    may(person, action, record, at: now, in: machine.governing).isAllowed
  }

  /// The name of a record as one that may be written; of such a name, the record's.
  static func writing(_ record: Identifier) -> Identifier { Identifier(high: ~record.high, low: record.low) }

  func caseRecord(_ id: Identifier) -> CaseRecord? {
    guard let snapshot = store.records[id] else { return nil }
    return CaseRecord(snapshot, creator: reference(id)?.creator)
  }
}
