import CRDT
import CaseModel
import Replication
import Testing
import WireProtocol

/// What devices are told that backups contain, and what they let go of then.
@Suite struct WatermarkTests {
  /// A house whose server has two backups, made before and after some work.
  private func house(backups: Int = 2) throws -> House {
    let house = try House()
    try house.exchange.write([house.note("in both")], at: house.coordinator)
    for station in [house.coordinator, house.psychologist, house.coordinator] {
      try house.exchange.sync(station)
    }
    let first = house.exchange.server.backupMark()
    try house.exchange.write([house.note("in the newest")], at: house.coordinator)
    try house.exchange.sync(house.coordinator)
    house.exchange.server.update(backups: [first, house.exchange.server.backupMark()].suffix(backups))
    return house
  }

  @Test func aDeviceIsToldWhatBothBackupsContain() throws {
    let house = try house()
    let lines = try house.exchange.sync(house.coordinator)
    #expect(lines.contains("< order"))
    let order = try #require(house.coordinator.watermarks.last)
    #expect(order.entries == 1)
    #expect(order.coversReceived == false)
    // What she received is older than both; what she wrote since is in neither.
    try house.exchange.write([house.note("in none")], at: house.coordinator)
    try house.exchange.sync(house.coordinator)
    #expect(house.coordinator.watermarks.last?.entries == 1)
    #expect(house.coordinator.watermarks.map(\.number) == house.coordinator.watermarks.map(\.number).sorted())
    try house.exchange.sync(house.psychologist)
    #expect(house.psychologist.watermarks.last?.coversReceived == true)
  }

  @Test func oneBackupIsNotEnough() throws {
    let house = try house(backups: 1)
    #expect(try !house.exchange.sync(house.coordinator).contains("< order"))
    #expect(house.coordinator.watermarks.isEmpty)
  }

  @Test func aForgedOrderEndsTheSession() throws {
    for forgery in 0..<3 {
      let house = try house()
      let station = house.coordinator
      house.exchange.onFrame = { frame in
        guard frame.direction == .toClient,
          var message = try? WireServerMessage(serializedBytes: frame.bytes),
          case .order(var order)? = message.body, var body = try? WireOrderBody(serializedBytes: order.body)
        else { return [frame] }
        switch forgery {
        case 0: body.backupWatermark.entries = 900
        case 1: body.actor &+= 1
        default: order.signature = .init(repeating: 1, count: 64)
        }
        order.body = (try? body.serializedBytes()) ?? order.body
        message.order = order
        let bytes: [UInt8] = (try? message.serializedBytes()) ?? []
        return [Frame(connection: frame.connection, direction: .toClient, bytes: bytes)]
      }
      _ = station.takeReports()
      let kept = station.replica.kept.count
      try house.exchange.sync(station)
      #expect(station.takeReports().last == .failed(.badSignature), "\(forgery)")
      #expect(station.watermarks.isEmpty && station.replica.kept.count == kept)
    }
  }
}
