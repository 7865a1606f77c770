import CRDT
import Replication
import SimulatedDisk
import Storage
import WireProtocol

/// A device's process: its beginning and its end.
extension Simulation {
  /// Runs a device's code; a process that ends in the middle of it ends, and so does one whose disk fails.
  func running(_ device: DeviceNode, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch is ProcessEnded {
      endDevice(device, losingPower: random.chance(0.5) && plan.faults.contains(.devicePowerLoss))
    } catch let error as StorageError {
      try deviceFailed(device, error)
    }
  }

  /// Where a process that is to end in the middle of its work ends.
  func deviceStep(_ device: DeviceNode) throws {
    guard let left = device.stepsLeft else { return }
    device.stepsLeft = left - 1
    if left <= 0 {
      device.stepsLeft = nil
      throw ProcessEnded()
    }
  }

  func startDevice(_ device: DeviceNode) throws {
    guard !device.isUp else { return }
    device.process += 1
    device.disk.run(as: device.process)
    device.isUp = true
    do {
      if let store = try opened(device) {
        device.store = store
        device.code = nil
        oracle.persons[try store.meta().account] = device.person
        // Its confirmation may have been stored although the disk said that it was not.
        if try store.meta().isConfirmed { device.digits = nil }
        trace.note(
          at: now, 20, UInt64(device.index), try store.journal().entries, words: "\(device.name): starts")
        try checkDeviceKept(device, store)
      }
      schedule.add(.connect(device.index, process: device.process), at: now + random.within(1...500))
    } catch let error as StorageError {
      try deviceFailed(device, error)
    }
  }

  /// The replica; `nil` when there is none yet, since the device did not come to the end of its enrolment.
  private func opened(_ device: DeviceNode) throws -> ReplicaStore? {
    do {
      return try device.opened()
    } catch let error as StorageError where error.code == .missing && !device.isEnrolled {
      return nil
    }
  }

  private func deviceFailed(_ device: DeviceNode, _ error: StorageError) throws {
    guard device.diskIsFaulty, error.isOfDisk else {
      throw Violation(.errors, "\(device.name): \(error)")
    }
    trace.note(at: now, 21, UInt64(device.index), words: "\(device.name): \(error)")
    endDevice(device, losingPower: random.chance(0.3) && plan.faults.contains(.devicePowerLoss))
  }

  func endDevice(_ device: DeviceNode, losingPower: Bool) {
    guard device.isUp else { return }
    trace.note(
      at: now, 22, UInt64(device.index), losingPower ? 1 : 0,
      words: "\(device.name): ends\(losingPower ? ", power lost" : "")")
    let seed = random.next()
    if losingPower { device.disk.losePower(seed: seed) } else { device.disk.kill() }
    // What was written stays with a process that is killed.
    device.store = nil
    device.machine = nil
    device.attachments = nil
    device.enrolment = nil
    device.stepsLeft = nil
    device.held = []
    device.toDecide = []
    device.isUp = false
    if let id = device.connection {
      close(id, at: .client)
      let time = now + (losingPower ? random.within(100...60_000) : random.within(plan.latency))
      schedule.add(
        .learn(connection: id, .server), at: max(time, network.connections[id].last[Direction.toServer.index])
      )
      device.connection = nil
    }
    schedule.add(.startDevice(device.index), at: now + random.within(50...10_000))
  }
}
