import CRDT
import CaseModel
import Replication
import SwiftProtobuf
import WireProtocol

/// A tenant, its server and its people in one process: nothing happens but by `run`, and always the same.
///
/// Every message travels as bytes through `onFrame`, where a test drops, doubles or reorders it.
final class Exchange {
  let tenant: Tenant
  var server: ServerModel
  var random: SplitMix64
  /// What becomes of a frame that is about to travel: itself, nothing, or others.
  var onFrame: (Frame) -> [Frame] = { [$0] }
  /// Sees each frame right before it is taken in.
  var beforeArrival: (Frame) -> Void = { _ in }
  /// What arrived, by connection, in a few words.
  private(set) var lines: [Int: [String]] = [:]
  /// Connections that the server ended, with the reason.
  private(set) var closed: [Int: ErrorCode] = [:]
  /// Connections whose peer the server knows.
  private(set) var authenticated: Set<Int> = []

  /// Everything that arrived anywhere.
  private(set) var everyFrame: [[UInt8]] = []
  /// What arrived at the server last.
  private(set) var lastFrameToServer: [UInt8] = []

  private var stations: [Int: Workstation] = [:]
  private var wire: [Frame] = []
  private var connections = 0

  init(seed: UInt64 = 1) throws {
    var random = SplitMix64(seed: seed)
    tenant = Tenant(
      id: random.identifier(), name: "Testkommune", signingKey: try SigningKey(secret: random.bytes(32)),
      stampKey: StampKey(secret: random.bytes(32)), epoch: random.identifier())
    server = ServerModel(tenant: tenant, seed: random.next())
    self.random = random
  }

  /// A clock that the devices share.
  var clientTime: Int64 { server.now - 500 }

  func identifier() -> Identifier { random.identifier() }

  // MARK: Connections

  /// Opens a connection that a test speaks on itself.
  func open() -> Int {
    connections += 1
    server.opened(connections)
    return connections
  }

  /// Opens a connection on which a bundle is read out.
  func openForBundle() -> Int {
    connections += 1
    server.openedForBundle(connections)
    return connections
  }

  /// Opens a connection and starts the device's session on it.
  @discardableResult
  func connect(_ station: Workstation) throws -> Int {
    if station.connection != nil { cut(station) }
    let connection = open()
    station.connection = connection
    stations[connection] = station
    try station.replica.reissueAwaiting(at: clientTime)
    var machine = ReplicaMachine(identity: station.identity)
    let actions = try machine.connected(
      nonce: random.bytes(32), at: clientTime, replica: station.replica)
    station.machine = machine
    perform(actions, station, connection)
    return connection
  }

  /// Breaks a device's connection; what is on its way is lost.
  func cut(_ station: Workstation) {
    guard let connection = station.connection else { return }
    station.connection = nil
    stations[connection] = nil
    wire.removeAll { $0.connection == connection }
    server.closed(connection)
  }

  /// Connects, exchanges until nothing moves, and disconnects.
  ///
  /// - Returns: what arrived on the connection.
  @discardableResult
  func sync(_ station: Workstation) throws -> [String] {
    let connection = try connect(station)
    run()
    cut(station)
    return lines[connection, default: []]
  }

  func transcript(_ station: Workstation) -> [String] {
    station.connection.map { lines[$0, default: []] } ?? []
  }

  /// What arrived since the last time that this was asked.
  func takeLines(_ station: Workstation) -> [String] {
    guard let connection = station.connection else { return [] }
    defer { lines[connection] = [] }
    return lines[connection, default: []]
  }

  // MARK: Time

  /// Lets everything that can happen happen.
  func run() {
    while step() {}
  }

  /// Brings what is on its way to the server, commits, and brings the answers back.
  ///
  /// - Returns: whether anything moved.
  func step() -> Bool {
    let arriving = takeWire()
    for frame in arriving where frame.direction == .toServer { arrive(frame) }
    server.commit()
    collect()
    let answers = takeWire()
    for frame in answers { frame.direction == .toClient ? arrive(frame) : wire.append(frame) }
    return !arriving.isEmpty || !answers.isEmpty
  }

  private func takeWire() -> [Frame] {
    defer { wire = [] }
    return wire
  }

  private func arrive(_ frame: Frame) {
    beforeArrival(frame)
    everyFrame.append(frame.bytes)
    lines[frame.connection, default: []].append(Line.of(frame))
    switch frame.direction {
    case .toServer:
      lastFrameToServer = frame.bytes
      server.received(frame.bytes, on: frame.connection)
    case .toClient:
      guard let station = stations[frame.connection] else { return }
      if AttachmentMessage.isOne(frame.bytes) {
        station.received.append(frame.bytes)
        return tellOfAttachments(frame, station)
      }
      do {
        station.received += try Bytes.plain(frame.bytes)
        let actions = try station.machine?.received(
          frame.bytes, at: clientTime, replica: station.replica)
        perform(actions ?? [], station, frame.connection)
      } catch {
        station.faults.append("\(error)")
        cut(station)
      }
    }
  }

  /// Puts what the server says on its way.
  func collect() {
    for output in server.takeOutput() { forward(output) }
  }

  /// Puts something that the server says on its way.
  func forward(_ output: ServerModel.Output) {
    switch output {
    case .send(let connection, let message):
      guard let bytes: [UInt8] = try? message.serializedBytes() else { return }
      send(Frame(connection: connection, direction: .toClient, bytes: bytes))
    case .authenticated(let connection): authenticated.insert(connection)
    case .close(let connection, let code):
      closed[connection] = code
      server.closed(connection)
    }
  }

  /// Sends a frame, whoever says that he is its sender.
  func send(_ frame: Frame) { wire += onFrame(frame) }

  private func perform(_ first: [ReplicaMachine.Action], _ station: Workstation, _ connection: Int) {
    var actions = first
    while !actions.isEmpty {
      var next: [ReplicaMachine.Action] = []
      for action in actions {
        switch action {
        case .send(let bytes): send(Frame(connection: connection, direction: .toServer, bytes: bytes))
        case .report(let report): station.reports.append(report)
        case .end: return cut(station)
        case .store(let write): next = store(write, station)
        case .flush: next = (try? station.machine?.flushed(replica: station.replica)) ?? []
        }
      }
      actions = next
    }
  }

  private func store(_ write: ReplicaMachine.Write, _ station: Workstation) -> [ReplicaMachine.Action] {
    do {
      switch write {
      case .session(let token, _, _, _, let deliveries):
        (station.replica.waitingForDecision, station.replica.devicesWaiting) = (0, 0)
        station.replica.token = token
        if deliveries > station.replica.deliveredUpTo { station.replica.forgetCursor() }
        station.replica.deliveredUpTo = deliveries
      case .verdicts(let verdicts, let cursor, _): try station.replica.apply(verdicts, cursor: cursor)
      case .delivery(let delivery, _): try station.replica.apply(delivery)
      case .forgetCursor: station.replica.forgetCursor()
      case .succession: station.replica.successor = try SigningKey(secret: random.bytes(32))
      case .standing(let digits): station.replica.isConfirmed = digits == nil
      case .healed(let healed, let now): try station.replica.heal(healed, at: now)
      case .watermark(let watermark): station.replica.letGo(watermark)
      case .exit(let records, _, let time): station.replica.exit(records, at: time)
      case .accessEnded(let end, let time): station.replica.end(end, at: time)
      case .lease(let lease): station.replica.lease = lease
      case .missedWipes(let wipes):
        station.replica.wipeCount = max(station.replica.wipeCount, wipes)
        station.replica.forgetCursor()
      case .decisions(let decisions): try station.replica.apply(decisions)
      case .quarantineWaiting(let count): station.replica.waitingForDecision = count
      case .devicesWaiting(let count): station.replica.devicesWaiting = count
      case .journal(let head, let own): try station.replica.goOn(after: head, having: own)
      }
      return try station.machine?.stored(replica: station.replica) ?? []
    } catch {
      station.faults.append("\(error)")
      return (try? station.machine?.didNotFit(replica: station.replica)) ?? []
    }
  }

  // MARK: Writing

  /// Asks what waits for a person.
  func quarantine(of station: Workstation) throws -> [ReceivedQuarantine] {
    try connect(station)
    run()
    _ = station.takeReports()
    if let connection = station.connection,
      let actions = try station.machine?.readQuarantine(replica: station.replica)
    {
      perform(actions, station, connection)
    }
    run()
    defer { cut(station) }
    return station.takeReports().flatMap { report in
      if case .quarantine(let entries) = report { entries } else { [] as [ReceivedQuarantine] }
    }
  }

  /// Refuses what waits.
  func refuse(
    _ name: QuarantineName, because reason: QuarantineReason, by station: Workstation
  ) throws -> [ReplicaMachine.Report] {
    try connect(station)
    run()
    _ = station.takeReports()
    if let connection = station.connection,
      let actions = try station.machine?.refuse(name, because: reason, replica: station.replica)
    {
      perform(actions, station, connection)
    }
    run()
    defer { cut(station) }
    return station.takeReports()
  }

  /// Writes one act at a device, and sends it if there is a connection.
  @discardableResult
  func write(_ act: [RecordDraft], at station: Workstation) throws -> LinkedEntry {
    let entry = try station.replica.write(act, at: clientTime) { identifier() }
    if let connection = station.connection,
      let actions = try station.machine?.entriesWritten(replica: station.replica)
    {
      perform(actions, station, connection)
    }
    return entry
  }

  /// Confirms a device by its digits.
  func confirm(_ digits: UInt32, of person: Identifier? = nil, by station: Workstation) throws {
    let request = WireConfirmationRequest.with {
      $0.request = 9
      $0.digits = digits
      if let person { $0.person = .init(person.bytes) }
    }
    guard let connection = station.connection,
      let actions = try station.machine?.confirm(request, replica: station.replica)
    else { return }
    perform(actions, station, connection)
  }

  /// Ends the server's recovery, if its device may.
  func endRecovery(by station: Workstation) throws {
    guard let connection = station.connection,
      let actions = try station.machine?.endRecovery(at: clientTime, replica: station.replica)
    else { return }
    perform(actions, station, connection)
  }

  /// Asks something about devices and people.
  func ask(_ request: DeviceRequest, by station: Workstation) throws {
    guard let connection = station.connection,
      let actions = try station.machine?.ask(request, replica: station.replica)
    else { return }
    perform(actions, station, connection)
  }

  /// Asks for a code as one who may invite.
  func invite(_ request: WireInvitationRequest, by station: Workstation) throws {
    guard let connection = station.connection,
      let actions = try station.machine?.invite(request, replica: station.replica)
    else { return }
    perform(actions, station, connection)
  }

  /// Asks for all changes of records on a running session.
  func readHistories(of records: [Identifier], by station: Workstation) throws {
    guard let connection = station.connection,
      let actions = try station.machine?.readHistories(of: records, replica: station.replica)
    else { return }
    perform(actions, station, connection)
  }
}
