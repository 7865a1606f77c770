import CRDT
import CaseModel
import Dispatch
import SyncClient
import WebSocketTransport
import WireProtocol

/// The zones of the load test and who works in them: a zone is a case in which its devices' people take part.
struct LoadZones {
  static let count = 10

  let places: [LoadPlace]

  init(devices: Int, in tenant: Tenant, loop: ServiceLoop) async throws {
    let leader = tenant.leader
    let people = (0..<devices).map { _ in leader.newIdentifier() }
    let cases = try (0..<Self.count).map { _ in try tenant.openCase() }
    let records = (0..<devices + Self.count).map { _ in leader.newIdentifier() }
    try leader.write(
      people.enumerated().map { number, person in
        [
          CaseWork.participant(
            id: leader.newIdentifier(), in: cases[number % Self.count], person: person, role: .coreTeam)
        ]
      }
        + records.enumerated().map { number, record in
          [CaseWork.assessment(id: record, in: cases[number % Self.count], notes: [:], on: leader.today())]
        })
    try await tenant.sync(leader)
    var places: [LoadPlace] = []
    for (number, person) in people.enumerated() {
      places.append(
        LoadPlace(
          number: number,
          device: try await tenant.lightDevice(of: person, as: .coreTeam, loop: loop),
          own: records[number], shared: records[devices - devices % Self.count + number % Self.count]))
    }
    self.places = places
  }
}

/// One device of the load test, before it connects.
struct LoadPlace: Sendable {
  let number: Int
  let device: IdleDevice
  let own: Identifier
  let shared: Identifier

  private static let batch = 10

  /// Pushes without pause until the deadline. What is acknowledged later does not count.
  func run(url: String, loop: ServiceLoop, until deadline: ContinuousClock.Instant) async throws -> LoadResult
  {
    let device = try await LightDevice(device, url: url, loop: loop)
    try await device.upToDate()
    var result = LoadResult()
    var written = 0
    while ContinuousClock.now < deadline {
      for _ in 0..<Self.batch {
        written += 1
        device.replica.write(
          [operation(written)], in: Bool.random() ? own : shared, at: 1_600_000_000_000 + Int64(written))
      }
      let refusedBefore = device.refused
      let start = ContinuousClock.now
      try device.push()
      try await device.judged()
      let end = ContinuousClock.now
      result.delays.append((end - start).milliseconds)
      result.refused += device.refused - refusedBefore
      if end <= deadline { result.accepted += Self.batch - (device.refused - refusedBefore) }
    }
    result.delivered = device.delivered
    await device.close()
    return result
  }

  /// 60 % a count, 20 % a name, 20 % a document.
  private func operation(_ written: Int) -> Operation {
    func field(_ number: UInt32) -> FieldID { FieldID(rawValue: 1_000 + number) }
    switch Int.random(in: 0..<10) {
    case 0..<6: return Operation(field: field(1), action: .assign(.integer(Int64(written))))
    case 6..<8: return Operation(field: field(2), action: .assign(.text("name \(written)")))
    default: return Operation(field: field(3), action: .add(.text("doc-\(written % 7)")))
    }
  }
}

/// What came of one device.
struct LoadResult: Sendable {
  var accepted = 0
  var refused = 0
  var delivered = 0
  var delays: [Double] = []
}
