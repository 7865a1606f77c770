import CRDT
import CaseModel
import Replication
import SimulatedDisk
import Storage
import WireProtocol

/// A tenant, its server and its people's devices in one process, with nothing left to chance: the real
/// machines and stores, and around them a network, disks, clocks and processes drawn from one seed.
///
/// First people work and things break; then nothing breaks any more, and all must come to rest as promised.
final class Simulation {
  /// What the clocks show at the beginning, in milliseconds since 1970.
  static let start: Int64 = 1_600_000_000_000
  static let day: CalendarDay = {
    guard let day = try? CalendarDay(year: 2020, month: 7, day: 1) else { preconditionFailure("no such day") }
    return day
  }()
  /// How long it may take to come to rest, in milliseconds, and how many events.
  static let restAfter: Int64 = 1_800_000
  static let eventsMax = 200_000

  let plan: Plan
  var random: SeededGenerator
  var trace: Trace
  var schedule = Schedule()
  /// Milliseconds since the beginning.
  var now: Int64 = 0
  var isCalm = false
  var network = Network()
  let server: ServerNode
  var devices: [DeviceNode] = []
  var oracle: Oracle
  /// How many messages may still come twice.
  var duplicates = 0
  var invitations: [UInt64: Invitation] = [:]
  /// Who invited each person; of those who opened the tenant nobody did.
  var inviters: [Identifier: Identifier] = [:]
  /// How often somebody asked to end somebody's access.
  var endings = 0
  private(set) var events = 0

  let fingerprint: Identifier
  let operationKinds: [OperationKind]
  var cases: [Identifier] = []
  /// Those who take part for good.
  var steadyPersons: Set<Identifier> = []
  var coordinators: [Identifier] = []
  var coreTeam: [Identifier] = []
  var household = Household()

  init(
    plan: Plan, seed: UInt64, isVerbose: Bool, server disk: SimulatedDisk, oracle: Oracle,
    fingerprint: Identifier
  ) {
    self.plan = plan
    random = SeededGenerator(seed: seed)
    trace = Trace(isVerbose: isVerbose)
    server = ServerNode(disk: disk)
    self.oracle = oracle
    self.fingerprint = fingerprint
    operationKinds = OperationKind.allCases.filter(plan.operations.contains)
  }

  // MARK: Running

  /// People work and things break for as long as the plan says; then all comes to rest.
  func run() throws {
    for _ in 0..<plan.acts {
      schedule.add(.act(random.below(devices.count)), at: random.within(0...plan.duration))
    }
    let faults = FaultKind.allCases.filter(plan.faults.contains)
    for _ in 0..<plan.faultCount {
      guard let kind = random.pick(faults) else { break }
      schedule.add(.fault(kind), at: random.within(0...plan.duration))
    }
    for _ in 0..<2 * plan.setBacks {
      schedule.add(.fault(.serverSetBack), at: random.within(0...plan.duration))
    }
    if plan.operations.contains(.ending) {
      // The first device is a leader's.
      for _ in 0..<2 { schedule.add(.endSomebody(0), at: random.within(0...plan.duration)) }
    }
    if plan.operations.contains(.consent) {
      for _ in 0..<8 {
        schedule.add(.consent(random.below(devices.count)), at: random.within(0...plan.duration))
      }
    }
    if plan.operations.contains(.opening) {
      for _ in 0..<8 {
        schedule.add(.open(random.below(devices.count)), at: random.within(0...plan.duration))
      }
      schedule.add(.fault(.serverHours), at: random.within(0...plan.duration))
    }
    if plan.operations.contains(.formalDecision) {
      for _ in 0..<10 {
        schedule.add(.decideFormally(random.below(devices.count)), at: random.within(0...plan.duration))
      }
    }
    for device in devices { device.isWatching = !random.chance(plan.offlineShare) }
    try startServer()
    for device in devices { schedule.add(.startDevice(device.index), at: random.within(0...500)) }
    while let time = schedule.nextTime, time <= plan.duration { try step() }
    now = max(now, plan.duration)
    trace.note(at: now, 50, words: "nothing breaks any more")
    try calm()
    try rest()
    try checkAtRest()
  }

  /// Lets everything that can happen happen.
  func rest() throws {
    let end = now + Self.restAfter
    while !schedule.isEmpty {
      guard now <= end, events <= Self.eventsMax else {
        throw Violation(.progress, "it does not come to rest")
      }
      try step()
    }
  }

  private func step() throws {
    guard let (time, event) = schedule.popFirst() else { return }
    now = max(now, time)
    events += 1
    try handle(event)
  }

  func handle(_ event: Event) throws {
    if let device = device(of: event), now < device.pausedUntil, device.isUp {
      return device.held.append(event)
    }
    switch event {
    case .act(let index): try act(devices[index])
    case .connect(let index, let process): connect(devices[index], process)
    case .connected(let id): try connected(id)
    case .connectFailed(let index, let process):
      if devices[index].process == process { reconnect(devices[index]) }
    case .arrive(let id, let direction, let number, let bytes): try arrive(id, direction, number, bytes)
    case .learn(let id, let side): try learn(id, side)
    case .woken(let index, let process): try woken(devices[index], process)
    case .serverTurn: try serverTurn()
    case .serverAlarm(let process): if server.process == process { serverReceives(.timePassed) }
    case .decide(let index): try decide(devices[index])
    case .confirmErasure(let index): try confirmErasure(devices[index])
    case .workIn(let record, let index): try work(in: record, devices[index])
    case .endSomebody(let index): try endSomebody(devices[index])
    case .consent(let index): try consent(devices[index])
    case .decideFormally(let index): try decideFormally(devices[index])
    case .open(let index): try open(devices[index])
    case .confirmDevice(let index): try confirmDevice(devices[index])
    case .startServer: try startServer()
    case .startDevice(let index): try startDevice(devices[index])
    case .fault(let kind): try strike(kind)
    case .mend(let repair): try mend(repair)
    }
  }

  /// The device whose process an event needs.
  private func device(of event: Event) -> DeviceNode? {
    switch event {
    case .act(let index), .decide(let index), .confirmErasure(let index), .workIn(_, let index),
      .endSomebody(let index), .consent(let index), .decideFormally(let index), .open(let index),
      .connect(let index, _), .connectFailed(let index, _), .woken(let index, _):
      devices[index]
    case .connected(let id), .arrive(let id, .toClient, _, _), .learn(let id, .client):
      devices[network.connections[id].device]
    case .arrive, .learn, .serverTurn, .serverAlarm, .confirmDevice, .startServer, .startDevice, .fault,
      .mend:
      nil
    }
  }

  // MARK: Devices

  func addDevice(_ name: String, person: Identifier, role: Role, code: EnrolmentCode?) throws -> DeviceNode {
    let device = DeviceNode(
      index: devices.count, name: name, person: person, role: role,
      signingKey: try SigningKey(secret: random.bytes(32)), agreementKey: random.bytes(32),
      disk: SimulatedDisk(
        "\(server.disk.name)-\(devices.count)", sectorBytes: plan.sectorBytes, seed: random.next()),
      code: code)
    add(device)
    return device
  }

  func add(_ device: DeviceNode) {
    devices.append(device)
    network.partitionedUntil.append([0, 0])
  }
}
