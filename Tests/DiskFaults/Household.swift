import CRDT
import CaseModel
import Replication
import SimulatedDisk
import Storage
import WireProtocol

/// A tenant with one case and three people's devices, each on a disk of its own, closed and caught up: what
/// every run of a seed starts from a copy of.
final class Household {
  static let people: [(name: String, role: Role)] = [
    ("Lene", .leader), ("Karin", .familyCoordinator), ("Poul", .coreTeam),
  ]

  let seed: UInt64
  let serverDisk: SimulatedDisk
  let deviceDisks: [SimulatedDisk]
  let keys: [SigningKey]
  let model: TenantModel
  let caseID: Identifier
  let assessment: Identifier
  /// Milliseconds since 1970.
  let now: Int64

  init(seed: UInt64) throws {
    self.seed = seed
    var random = SplitMix64(seed: seed)
    let sectorBytes = seed.isMultiple(of: 2) ? 512 : 4_096
    serverDisk = SimulatedDisk("household-\(seed)-server", sectorBytes: sectorBytes, seed: seed)
    deviceDisks = Self.people.map {
      SimulatedDisk("household-\(seed)-\($0.name)", sectorBytes: sectorBytes, seed: seed)
    }
    keys = try Self.people.map { _ in try SigningKey(secret: random.bytes(32)) }
    let tenant = NewTenant(
      id: random.identifier(), name: "Prøvekommune", epoch: random.identifier(),
      signingSecret: random.bytes(32), stampSecret: random.bytes(32))
    let codes = try Self.make(tenant, on: serverDisk, &random)
    var model = TenantModel()
    model.take(codes.group)
    let server = try ServerShell(on: serverDisk, model: model, seed: seed, checkpoints: (1_000, 1 << 20))
    for (index, code) in codes.codes.enumerated() {
      try Self.enrol(
        code, keys[index], on: deviceDisks[index], with: server,
        connection: ConnectionNumber(rawValue: UInt64(index)), &random)
    }
    let devices = try zip(Self.people, zip(deviceDisks, keys)).map { person, rest in
      try DeviceShell(person.name, on: rest.0, signingKey: rest.1, checkpoints: (1_000, 1 << 20))
    }
    caseID = random.identifier()
    assessment = random.identifier()
    let world = World(server, devices, seed: seed)
    try Self.openCase(caseID, assessment, in: world)
    now = world.now
    self.model = server.model
    try server.close()
    for device in devices { try device.close() }
  }

  /// Makes the tenant with a code for each of the people.
  private static func make(
    _ tenant: NewTenant, on disk: SimulatedDisk, _ random: inout SplitMix64
  ) throws -> (codes: [EnrolmentCode], group: CommitGroup) {
    let store = try ServerStore.create(in: disk.path + "/tenant", keys: recordKeys, tenant: tenant)
    var group = CommitGroup(after: store.position)
    var codes: [EnrolmentCode] = []
    for (name, role) in people {
      let code = EnrolmentCode(
        id: random.next(), secret: random.identifier(),
        fingerprint: EnrolmentCode.fingerprint(of: store.tenant.signingKey.publicKey))
      codes.append(code)
      group.codes.append(
        PendingCode(
          id: code.id, verifier: code.verifier, role: role, person: random.identifier(), personName: name,
          account: nil, expiresAt: .max))
    }
    try store.commit(group)
    try store.close()
    return (codes, group)
  }

  private static func enrol(
    _ code: EnrolmentCode, _ key: SigningKey, on disk: SimulatedDisk, with server: ServerShell,
    connection: ConnectionNumber, _ random: inout SplitMix64
  ) throws {
    var session = EnrolmentSession(
      code: code, signingKey: key, agreementKey: random.bytes(32), deviceName: "Prøve")
    server.opened(connection)
    var actions = try session.connected(nonce: random.bytes(32), at: World.start)
    while !actions.isEmpty {
      var answers: [[UInt8]] = []
      for action in actions {
        switch action {
        case .send(let bytes):
          server.received(bytes, on: connection, at: World.start)
          for case .send(_, let message) in server.process(at: World.start) {
            answers.append(try message.serializedBytes())
          }
        case .enrolled(let enrolled):
          let membership = enrolled.membership
          let meta = ReplicaMeta(
            tenant: enrolled.server.tenant, tenantName: enrolled.server.name, tenantKey: enrolled.server.key,
            account: membership.account, person: membership.person, personName: membership.personName,
            role: Role(rawValue: membership.role), aliases: membership.aliases,
            actor: Transcript.actor(of: key.publicKey), serverURL: "ws://localhost:1",
            epoch: enrolled.server.epoch, sessionToken: enrolled.token)
          try ReplicaStore.create(home: disk.path + "/home", meta: meta, seal: try seal()).close()
        case .failed(let code): throw Loss("nobody can enrol: \(code)")
        }
      }
      actions = answers.flatMap { session.messageReceived($0) }
    }
    server.closed(connection)
  }

  /// What the devices' replicas are sealed with. The salt is always the same, so that a seed replays.
  static func seal() throws -> StoreSeal {
    StoreSeal(try StoreKeys(secrets: [[UInt8](repeating: 7, count: 32)]), salt: { (0, 0) })
  }

  /// What the server's records are sealed with: a key is made of its number.
  static let recordKeys = RecordKeyOptions(
    salt: { (0, 0) },
    draw: { number, byteCount in
      var random = SplitMix64(seed: UInt64(bitPattern: number) &+ 0x6b65_7973)
      return random.bytes(byteCount)
    })

  private static func openCase(
    _ caseID: Identifier, _ assessment: Identifier, in world: World
  ) throws {
    let leader = world.devices[0]
    let persons = try world.devices.map { try $0.store.meta().person }
    let day = World.day
    func write(_ act: [RecordDraft]) { leader.write(act, texts: [:], at: world.now, &world.random) }
    write(
      CaseWork.open(
        case: caseID, label: "F01", on: day, creator: persons[0], as: .leader,
        identify: { _ in world.random.identifier() }))
    write(
      CaseWork.allocate(
        CaseFile(id: caseID, records: try leader.store.records()), coordinator: persons[1],
        members: [persons[2]], on: day, identify: { _ in world.random.identifier() }))
    write([CaseWork.assessment(id: assessment, in: caseID, notes: [:], on: day)])
    for device in world.devices + [leader] {
      world.exchange(device)
      try require(device.wasUpToDate, "\(device.name) cannot begin")
    }
  }
}
