import Replication
import SimulatedDisk
import Storage

#if canImport(Glibc)
import Glibc
#endif

/// What breaks.
extension Simulation {
  func strike(_ kind: FaultKind) throws {
    let device = devices[random.below(devices.count)]
    trace.note(at: now, 40, UInt64(kind.rawValue), UInt64(device.index), words: "\(kind), \(device.name)")
    switch kind {
    case .cut, .halfOpen:
      // Mostly while something is on its way.
      if random.chance(0.7) {
        device.cut = (random.below(8), kind == .halfOpen)
      } else {
        breakConnection(device, isHalfOpen: kind == .halfOpen)
      }
    case .partition, .partitionToServer, .partitionToClient: partition(device, kind)
    case .clog: network.cloggedUntil = now + random.within(500...10_000)
    case .duplicate: duplicates += 10
    case .serverKill, .serverPowerLoss:
      guard server.isUp else { return }
      if random.chance(0.5) {
        server.stepsLeft = random.below(12)
      } else {
        endServer(losingPower: kind == .serverPowerLoss)
      }
    case .deviceKill, .devicePowerLoss:
      if random.chance(0.5) {
        device.stepsLeft = random.below(10)
      } else {
        endDevice(device, losingPower: kind == .devicePowerLoss)
      }
    case .serverDiesWriting:
      server.diskIsFaulty = true
      server.disk.add(haltingFault(calls: 40))
    case .deviceDiesWriting:
      device.diskIsFaulty = true
      device.disk.add(haltingFault(calls: 12))
    case .serverDiskFull:
      server.diskIsFaulty = true
      server.disk.setCapacity(server.disk.usedBytes + random.below(20_000))
      schedule.add(.mend(.serverDisk), at: now + random.within(500...20_000))
    case .deviceDiskFull:
      device.diskIsFaulty = true
      device.disk.setCapacity(device.disk.usedBytes + random.below(20_000))
      schedule.add(.mend(.deviceDisk(device.index)), at: now + random.within(500...20_000))
    case .serverDiskError:
      server.diskIsFaulty = true
      server.disk.add(failingFault(calls: 40))
      schedule.add(.mend(.serverDisk), at: now + random.within(500...5_000))
    case .deviceDiskError:
      device.diskIsFaulty = true
      device.disk.add(failingFault(calls: 12))
      schedule.add(.mend(.deviceDisk(device.index)), at: now + random.within(500...5_000))
    case .serverClock: server.clock += jump()
    case .serverHours: server.clock += 5 * 3_600_000
    case .deviceClock: device.clock += jump()
    case .serverPause: server.pausedUntil = now + random.within(100...20_000)
    case .devicePause:
      device.pausedUntil = now + random.within(100...20_000)
      schedule.add(.mend(.devicePause(device.index)), at: device.pausedUntil)
    case .deviceRestore: try putBack(device)
    case .deviceClone: try copy(device)
    case .serverSetBack: try setServerBack()
    }
  }

  func breakConnection(_ device: DeviceNode, isHalfOpen: Bool) {
    guard let id = device.connection else { return }
    let slow = random.within(5_000...60_000)
    let fast = random.within(plan.latency)
    let isClientSlow = isHalfOpen && random.chance(0.5)
    cut(
      id, clientLearnsAfter: isClientSlow ? slow : fast,
      serverLearnsAfter: isHalfOpen && !isClientSlow ? slow : fast)
  }

  private func partition(_ device: DeviceNode, _ kind: FaultKind) {
    let end = now + random.within(200...15_000)
    if kind != .partitionToClient { network.partitionedUntil[device.index][Direction.toServer.index] = end }
    if kind != .partitionToServer { network.partitionedUntil[device.index][Direction.toClient.index] = end }
    // A long one ends the connection.
    if let id = device.connection, random.chance(0.4) {
      cut(id, clientLearnsAfter: random.within(0...10_000), serverLearnsAfter: random.within(0...10_000))
    }
  }

  private func haltingFault(calls: Int) -> Fault {
    let effects: [Fault.Effect] = [.haltsBefore, .haltsTorn, .haltsAfter]
    return Fault(
      random.pick(effects) ?? .haltsBefore, of: [.write, .sync, .truncate, .delete, .rename],
      skip: UInt64(random.below(calls)))
  }

  private func failingFault(calls: Int) -> Fault {
    let effects: [Fault.Effect] = [.fails, .isShort, .isTorn, .forgets]
    return Fault(
      random.pick(effects) ?? .fails, of: [.write, .sync, .truncate], error: EIO,
      skip: UInt64(random.below(calls)), times: UInt64(1 + random.below(2)))
  }

  /// Up to ten years, either way.
  private func jump() -> Int64 {
    let reach = random.chance(0.5) ? 10 * 365 * 86_400_000 as Int64 : 3_600_000
    return random.within(-reach...reach)
  }

  // MARK: Copies of a disk

  /// The first time a copy is made of the folder, the second time it is put back.
  private func putBack(_ device: DeviceNode) throws {
    guard device.isEnrolled else { return }
    guard let snapshot = device.snapshot else {
      device.snapshot = (
        device.disk.clone(as: "\(server.disk.name)-copy-\(random.next())"), device.model
      )
      return
    }
    endDevice(device, losingPower: false)
    device.disk.restore(from: snapshot.disk)
    let aside = device.model.putAside + [device.model.entries]
    device.model = snapshot.model
    // What it was told it does not know any more.
    if device.isShutOut == .deviceRevoked { device.isShutOut = nil }
    device.model.isRestored = true
    device.model.putAside = aside
    // A copy of a disk that runs has what was written, synced or not.
    device.model.judgedAtLeast = 0
    device.snapshot = nil
    trace.note(at: now, 41, UInt64(device.index), words: "\(device.name): is put back")
  }

  /// The folder is copied to another machine, and both go on.
  private func copy(_ device: DeviceNode) throws {
    guard device.isEnrolled, devices.count < 12 else { return }
    let name = "\(device.name)-copy"
    let node = DeviceNode(
      index: devices.count, name: name, person: device.person, role: device.role,
      signingKey: device.signingKey, agreementKey: device.agreementKey,
      disk: device.disk.clone(as: "\(server.disk.name)-copy-\(random.next())"), code: nil)
    device.model.isRestored = true
    node.model = device.model
    node.model.judgedAtLeast = 0
    devices.append(node)
    network.partitionedUntil.append([0, 0])
    // Mostly at once, while the original's session is open.
    schedule.add(.startDevice(node.index), at: now + random.within(1...(random.chance(0.5) ? 50 : 5_000)))
  }

  // MARK: Mending

  func mend(_ repair: Repair) throws {
    switch repair {
    case .partition(let device, let direction):
      network.partitionedUntil[device][direction.index] = 0
    case .clog: network.cloggedUntil = 0
    case .serverDisk:
      server.disk.clearFaults()
      server.disk.setCapacity(nil)
    case .deviceDisk(let index):
      devices[index].disk.clearFaults()
      devices[index].disk.setCapacity(nil)
    case .serverPause: server.pausedUntil = 0
    case .devicePause(let index):
      let device = devices[index]
      guard now >= device.pausedUntil else { return }
      let held = device.held
      device.held = []
      for event in held { try handle(event) }
    }
  }

  /// Nothing breaks any more, and what is broken works again.
  func calm() throws {
    isCalm = true
    server.pausedUntil = 0
    server.clock = max(server.clock, 0)
    network.cloggedUntil = 0
    server.stepsLeft = nil
    try mend(.serverDisk)
    for device in devices {
      network.partitionedUntil[device.index] = [0, 0]
      device.stepsLeft = nil
      device.cut = nil
      device.isWatching = true
      device.pausedUntil = min(device.pausedUntil, now)
      try mend(.deviceDisk(device.index))
      try mend(.devicePause(device.index))
      // What she left lying she looks at now.
      if plan.operations.contains(.decision) {
        schedule.add(.decide(device.index), at: now + random.within(1...2_000))
      }
      // Whoever waits for a long time tries again.
      if device.isUp, device.connection == nil {
        schedule.add(.connect(device.index, process: device.process), at: now + 1)
      }
    }
  }
}
