import CRDT
import CaseModel
import SimulatedDisk
import Storage

/// One run of a script on copies of a household's disks, with at most one call struck.
final class ScriptRun {
  private let household: Household
  private let script: Script
  private let point: CrashPoint?
  private let world: World
  let serverDisk: SimulatedDisk
  let deviceDisks: [SimulatedDisk]
  /// Draws what a power loss takes, and whether there is a second crash while the store is opened again.
  private var fate: SplitMix64
  /// After how many steps a persistent fault ends, or the power goes.
  private var countdown: Int?

  init(_ household: Household, _ script: Script, _ point: CrashPoint?, name: String) throws {
    self.household = household
    self.script = script
    self.point = point
    fate = SplitMix64(seed: household.seed &* 31 &+ (point?.number ?? 0))
    SimulatedDisk.seedSQLite(household.seed)
    serverDisk = household.serverDisk.clone(as: name + "-server")
    let disks = household.deviceDisks.enumerated().map { $1.clone(as: "\(name)-device-\($0)") }
    deviceDisks = disks
    let server = try ServerShell(
      on: serverDisk, model: household.model, seed: household.seed &+ 1, checkpoints: script.checkpoints)
    let devices = try Household.people.indices.map { index in
      try DeviceShell(
        Household.people[index].name, on: disks[index], signingKey: household.keys[index],
        checkpoints: script.checkpoints)
    }
    world = World(server, devices, seed: household.seed &+ 2, now: household.now)
  }

  /// The disk whose calls are counted and struck.
  static func disk(_ place: CrashPoint.Place, _ run: ScriptRun) -> SimulatedDisk {
    place == .server ? run.serverDisk : run.deviceDisks[1]
  }

  /// Processes that ended because their disk had failed.
  private var deaths = 0
  /// How many calls of each kind the steps made, at each place.
  private(set) var counts: [CrashPoint.Place: [DiskCall: Int]] = [:]
  /// Whether the fault was met.
  private(set) var wasStruck = false

  /// Runs the script to its end, and sees that nothing is lost.
  func run() throws {
    if let point { Self.disk(point.place, self).add(point.fault) }
    for step in script.steps {
      try carryOut(step)
      try settle()
      try passTime()
    }
    for place in [CrashPoint.Place.server, .device] {
      let disk = Self.disk(place, self)
      for call in DiskCall.allCases { counts[place, default: [:]][call] = disk.count(of: call) }
    }
    wasStruck = point.map { Self.disk($0.place, self).struckCalls > 0 } ?? false
    try conclude()
  }

  // MARK: Steps

  private func carryOut(_ step: Script.Step) throws {
    world.tick()
    switch step {
    case .write(let device, let notes, let bytes):
      var texts: [Identifier: String] = [:]
      let act = (0..<notes).map { _ in
        let id = world.random.identifier()
        let title = "\(world.now) \(texts.count)"
        texts[id] = title
        return CaseWork.note(
          id: id, in: household.caseID, text: String(repeating: "x", count: bytes), title: title,
          on: World.day)
      }
      world.devices[device].write(act, texts: texts, at: world.now, &world.random)
    case .annotate(let device):
      guard let record = try? world.devices[device].store.record(household.assessment) else { return }
      var draft = RecordDraft.change(record)
      draft.write(Field.Assessment.familyNotes, "\(world.now)")
      world.devices[device].write([draft], texts: [:], at: world.now, &world.random)
    case .exchange(let device):
      for _ in 0..<2 {
        world.exchange(world.devices[device])
        try settle()
        if world.devices[device].wasUpToDate { return }
      }
    case .restartServer:
      _ = try? world.server.close()
      serverDisk.kill()
      try restartServer()
    case .restartDevice(let index):
      _ = try? world.devices[index].close()
      deviceDisks[index].kill()
      try restart(world.devices[index])
    }
  }

  // MARK: Crashes

  /// Whoever's process ended begins anew; everybody else holds what was promised.
  private func settle() throws {
    for device in world.devices { if let loss = device.loss { throw loss } }
    if serverDisk.isHalted || world.server.hasFailed {
      deaths += 1
      end(serverDisk)
      try restartServer()
    }
    if isPersisting { try lookWhileItLasts() }
    for device in world.devices where device.disk.isHalted || device.hasFailed {
      deaths += 1
      end(device.disk)
      try restart(device)
    }
  }

  private func end(_ disk: SimulatedDisk) {
    switch point?.aftermath {
    case .power: disk.losePower(seed: fate.next())
    case .killThenPower:
      disk.kill()
      countdown = countdown ?? 3
    default: disk.kill()
    }
  }

  /// Whether a fault is at work that stays.
  private var isPersisting: Bool {
    guard let point, point.aftermath == .persistent, countdown ?? 1 >= 0 else { return false }
    return Self.disk(point.place, self).struckCalls > 0
  }

  /// On a full disk everything can be read, and who writes is told to try again.
  private func lookWhileItLasts() throws {
    try require(try world.server.store.record(household.assessment) != nil, "the server reads nothing")
    for device in world.devices {
      try require(try device.store.records().count > 3, "\(device.name) reads nothing")
      guard point?.place == .server, let failure = device.failure else { continue }
      try require(failure == .retry, "\(device.name) is told \(failure.name) when the disk is full")
    }
  }

  private func passTime() throws {
    guard let point else { return }
    let disk = Self.disk(point.place, self)
    if point.aftermath == .persistent, countdown == nil, disk.struckCalls > 0 { countdown = 3 }
    guard let left = countdown else { return }
    countdown = left - 1
    guard left == 0 else { return }
    disk.clearFaults()
    guard point.aftermath == .killThenPower else { return }
    disk.losePower(seed: fate.next())
    if point.place == .server { try restartServer() } else { try restart(world.devices[1]) }
  }

  private func restartServer() throws {
    try again(serverDisk) { try world.server.restart() }
  }

  private func restart(_ device: DeviceShell) throws { try again(device.disk) { try device.restart() } }

  /// Opens a store again. Now and then the process ends while it does; what the disk itself refuses is tried
  /// once more.
  private func again(_ disk: SimulatedDisk, _ restart: () throws -> Void) throws {
    if let point, point.aftermath != .persistent, disk.struckCalls > 0,
      Int.random(in: 0..<4, using: &fate) == 0
    {
      disk.add(
        Fault(
          .haltsBefore, of: [.open, .write, .sync, .truncate, .delete, .growShared],
          skip: .random(in: 0..<12, using: &fate)))
      do {
        try restart()
        disk.clearFaults()
        return
      } catch let loss as Loss {
        if !disk.isHalted { throw loss }
      } catch {}
      disk.isHalted ? end(disk) : disk.kill()
      disk.clearFaults()
    }
    do {
      try restart()
    } catch let error as StorageError where [.inputOutput, .diskFull, .notAccessible].contains(error.code) {
      disk.kill()
      disk.clearFaults()
      try restart()
    }
  }

  // MARK: The end

  /// The disk works again. Everybody comes up to date, and all hold the same, and what each wrote.
  private func conclude() throws {
    if let point {
      let disk = Self.disk(point.place, self)
      disk.clearFaults()
      if disk.isHalted { try settle() }
      if point.aftermath == .persistent {
        try require(deaths == 0, "a full disk ended a process")
      }
    }
    try world.server.check()
    for device in world.devices { try device.check() }
    for device in world.devices + world.devices {
      var attempts = 0
      repeat {
        try require(
          attempts < 4, "\(device.name) does not come up to date: \(String(describing: device.failure))")
        world.exchange(device)
        try settle()
        attempts += 1
      } while !device.wasUpToDate
    }
    try world.server.check()
    let expected = try world.devices[0].store.records()
    for device in world.devices {
      try device.check()
      try require(try device.store.status().pendingEntries == 0, "\(device.name) has work that nobody takes")
      let records = Dictionary(
        try device.store.records().map { ($0.id, $0.state) }, uniquingKeysWith: { first, _ in first })
      for record in expected where records[record.id] != record.state {
        throw Loss("\(device.name) and \(world.devices[0].name) show different records")
      }
      for (id, text) in device.texts {
        let stored = try world.server.store.record(id)?.state.values(Field.Note.title.id).map(\.value)
        try require(stored == [.text(text)], "the server lacks what \(device.name) wrote")
      }
    }
    try world.server.close()
    for device in world.devices { try device.close() }
  }
}
