import CRDT
import CaseModel
import Replication
import SimulatedDisk

/// A server and devices in one thread: nothing happens but what a script says.
final class World {
  static let start: Int64 = 1_600_000_000_000
  static let day = (try? CalendarDay(year: 2020, month: 7, day: 1)) ?? .min

  let server: ServerShell
  let devices: [DeviceShell]
  var random: SplitMix64
  private(set) var now = World.start
  private var connections: UInt64 = 100

  init(_ server: ServerShell, _ devices: [DeviceShell], seed: UInt64, now: Int64 = World.start) {
    self.server = server
    self.devices = devices
    self.now = now
    random = SplitMix64(seed: seed &+ 0x5eed)
  }

  func tick() { now += 1_000 }

  private var isBroken: Bool { server.hasFailed || server.disk.isHalted }

  /// Connects a device, exchanges until nothing moves, and disconnects.
  func exchange(_ device: DeviceShell) {
    tick()
    connections += 1
    let connection = ConnectionNumber(rawValue: connections)
    server.opened(connection)
    var outgoing = device.connect(nonce: random.bytes(32), at: now) ?? []
    while !outgoing.isEmpty, !isBroken, !device.disk.isHalted {
      tick()
      for message in outgoing { server.received(message, on: connection, at: now) }
      outgoing = answer(device, on: connection)
    }
    server.closed(connection)
    device.disconnect()
  }

  /// What a device says to what the server says.
  private func answer(_ device: DeviceShell, on connection: ConnectionNumber) -> [[UInt8]] {
    var outgoing: [[UInt8]] = []
    for action in server.process(at: now) {
      guard case .send(connection, let message) = action, let bytes: [UInt8] = try? message.serializedBytes()
      else {
        continue
      }
      guard let more = device.received(bytes, at: now) else { return [] }
      outgoing += more
    }
    return outgoing
  }
}
