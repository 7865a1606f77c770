import CRDT
import CaseModel
import Replication
import SimulatedDisk
import Storage
import WireProtocol

/// The tenant that every run begins with: people with devices, two cases, and work in them, made once by the
/// same machines and copied for each run.
final class Municipality {
  struct Person {
    let name: String
    let role: Role
    let id: Identifier
  }

  private struct Device {
    let node: DeviceNode
    let disk: SimulatedDisk
  }

  private let server: SimulatedDisk
  private let devices: [DeviceNode]
  private let oracle: Oracle
  private let fingerprint: Identifier
  private let made: Simulation

  /// Enrols everybody and lets the leader open the cases.
  init() throws {
    var random = SeededGenerator(seed: 0x6d75_6e69)
    let secret = random.bytes(32)
    let tenant = NewTenant(
      id: random.identifier(), name: "Simuleret Kommune", epoch: random.identifier(),
      signingSecret: secret, stampSecret: random.bytes(32))
    fingerprint = EnrolmentCode.fingerprint(of: try SigningKey(secret: secret).publicKey)
    SimulatedDisk.seedSQLite(1)
    let disk = SimulatedDisk("municipality", seed: 1)
    var plan = Plan()
    plan.offlineShare = 0
    made = Simulation(
      plan: plan, seed: 0x6d75_6e69_6369, isVerbose: false, server: disk, oracle: Oracle(tenant: tenant.id),
      fingerprint: fingerprint)
    // Nothing breaks here, and rights that end in years wake nobody.
    made.isCalm = true
    let names: [(String, Role)] = [
      ("Lene", .leader), ("Karin", .familyCoordinator), ("Dorte", .familyCoordinator), ("Poul", .coreTeam),
      ("Ulla", .coreTeam), ("Viggo", .coreTeam), ("Rikke", .externalReporter),
      ("Inge", .involvedProfessional), ("Mette", .parent),
      ("Lis", .leader),
    ]
    let people = names.map { Person(name: $0.0, role: $0.1, id: random.identifier()) }
    try Self.enrol(people, made, tenant, &random)
    try Self.openCases(people, made)
    try Self.letIn(people[7], people[8], made)
    try made.rest()
    try made.setLimits()
    try made.rest()
    for device in made.devices { try device.store?.close() }
    try made.server.store?.close()
    server = disk
    devices = made.devices
    oracle = made.oracle
  }

  private static func enrol(
    _ people: [Person], _ simulation: Simulation, _ tenant: NewTenant, _ random: inout SeededGenerator
  ) throws {
    let store = try ServerStore.create(
      in: simulation.server.directory, keys: simulation.server.keys, tenant: tenant)
    var group = CommitGroup(after: 0)
    for person in people {
      let code = EnrolmentCode(
        id: random.next(), secret: random.identifier(), fingerprint: simulation.fingerprint)
      group.codes.append(
        PendingCode(
          id: code.id, verifier: code.verifier, role: person.role, person: person.id,
          personName: person.name, account: nil, expiresAt: Simulation.start + 900_000,
          inviter: person.role == .leader ? nil : people[0].id))
      if person.role != .leader { simulation.inviters[person.id] = people[0].id }
      simulation.oracle.readers.roles[person.id] = person.role
      _ = try simulation.addDevice(person.name, person: person.id, role: person.role, code: code)
    }
    try store.commit(group)
    try store.close()
    try simulation.startServer()
    for device in simulation.devices { try simulation.startDevice(device) }
    try simulation.rest()
  }

  private static func openCases(_ people: [Person], _ simulation: Simulation) throws {
    let leader = simulation.devices[0]
    let teams: [(coordinator: Int, member: Int, reporter: Int?)] = [(1, 3, 6), (2, 4, nil)]
    for (place, team) in teams.enumerated() {
      let caseID = simulation.random.identifier()
      simulation.cases.append(caseID)
      let identify = { (_: String) in simulation.random.identifier() }
      try simulation.write(
        CaseWork.open(
          case: caseID, label: simulation.text(in: caseID, .case, caseID), on: Simulation.day,
          creator: leader.person, as: .leader, identify: identify), at: leader)
      let records = try leader.store?.records() ?? []
      try simulation.write(
        CaseWork.allocate(
          CaseFile(id: caseID, records: records), coordinator: people[team.coordinator].id,
          members: [people[team.member].id], on: Simulation.day, identify: identify), at: leader)
      if let reporter = team.reporter {
        try simulation.write(
          [
            CaseWork.participant(
              id: simulation.random.identifier(), in: caseID, person: people[reporter].id,
              role: .externalReporter, alias: simulation.random.identifier())
          ], at: leader)
      }
      let (assessment, goal) = (simulation.random.identifier(), simulation.random.identifier())
      try simulation.write(
        [
          CaseWork.assessment(id: assessment, in: caseID, notes: [:], on: Simulation.day),
          CaseWork.goal(
            id: goal, in: caseID, title: simulation.text(in: goal, .goal, caseID),
            actors: ["mother", "school \(place)"], on: Simulation.day),
          simulation.newNote(in: caseID),
        ], at: leader)
    }
  }

  /// A professional and a mother take part, and something may be read by the one's organisation's word and
  /// the other's signature.
  private static func letIn(_ professional: Person, _ mother: Person, _ simulation: Simulation) throws {
    let identify = { simulation.random.identifier() }
    let long: Int64 = 20 * 365 * 86_400_000
    let household = Household(
      children: [identify(), identify()], parents: [mother.id, identify()], professional: professional.id,
      organisation: identify())
    simulation.household = household
    func write(_ act: [RecordDraft]) throws { try simulation.write(act, at: simulation.devices[0]) }
    try write([
      CaseWork.vouching(
        id: identify(), organisation: household.organisation, person: professional.id, voucher: identify(),
        from: Simulation.start - long, until: Simulation.start + long)
    ])
    for caseID in simulation.cases {
      try write([
        CaseWork.participant(
          id: identify(), in: caseID, person: professional.id, role: .involvedProfessional,
          organisation: household.organisation),
        CaseWork.participant(id: identify(), in: caseID, person: mother.id, role: .parent),
      ])
      for subject in household.children + [caseID] {
        let holders = subject == household.children[0] ? household.parents : [mother.id]
        try write(
          holders.map {
            CaseWork.custody(
              id: identify(), in: caseID, of: subject, holder: $0, source: "civil_register")
          })
      }
      let disclosure = CaseWork.Disclosure(
        to: professional.id, about: household.children + [caseID], types: [.social, .health],
        purpose: "coordination", from: Simulation.start - long, until: Simulation.start + long)
      try write([
        CaseWork.consent(
          id: identify(), in: caseID, disclosure, form: "written", evidence: identify(),
          signatures: household.parents),
        simulation.familyNote(in: caseID),
      ])
    }
  }

  // MARK: Runs

  /// A run of one seed.
  func simulation(seed: UInt64, plan: Plan, isVerbose: Bool) -> Simulation {
    SimulatedDisk.seedSQLite(seed)
    let simulation = Simulation(
      plan: plan, seed: seed, isVerbose: isVerbose, server: server.clone(as: "server-\(seed)"),
      oracle: oracle, fingerprint: fingerprint)
    simulation.cases = made.cases
    simulation.household = made.household
    simulation.inviters = made.inviters
    simulation.steadyPersons = Set([0, 1, 2, 6, 9].map { devices[$0].person })
    simulation.coordinators = [1, 2].map { devices[$0].person }
    simulation.coreTeam = [3, 4, 5].map { devices[$0].person }
    let isNeeded = plan.operations.contains
    // Those from outside read and write by consents alone.
    let (professional, parent, secondLeader) = (devices[7], devices[8], devices[9])
    var inUse = Array(devices.prefix(7))
    // It takes a leader and a coordinator to erase something, and a leader to end somebody's access.
    var needed = Array(
      inUse.prefix(
        [.erasure, .consent, .formalDecision].contains(where: isNeeded) ? 2 : isNeeded(.ending) ? 1 : 0))
    inUse.removeFirst(needed.count)
    if isNeeded(.opening) {
      needed.append(secondLeader)
    } else if isNeeded(.formalDecision) {
      inUse.append(secondLeader)
    }
    if isNeeded(.consent) {
      needed.append(professional)
      inUse.append(parent)
    }
    while inUse.count > max(plan.devices - needed.count, 1) {
      inUse.remove(at: simulation.random.below(inUse.count))
    }
    inUse = needed + inUse
    for original in inUse {
      let device = DeviceNode(
        index: simulation.devices.count, name: original.name, person: original.person, role: original.role,
        signingKey: original.signingKey, agreementKey: original.agreementKey,
        disk: original.disk.clone(as: "\(original.name)-\(seed)"), code: nil)
      device.model = original.model
      device.model.flushed()
      simulation.add(device)
    }
    return simulation
  }
}
