import CRDT

/// Connections between devices and the server. Each is a stream: what arrives arrives in order, and a cut
/// loses what is on its way from some message on.
struct Network {
  struct Connection {
    let device: Int
    /// Who the device says it is.
    var actor: ActorID?
    var isOpenAtServer = true
    var isOpenAtClient = true
    /// By direction: how many messages were sent and have arrived, from which on they are lost, and when the
    /// last one arrives.
    var sent = [0, 0]
    var arrived = [0, 0]
    var lostFrom = [Int.max, Int.max]
    var last: [Int64] = [0, 0]

    func isOpen(at side: Side) -> Bool { side == .server ? isOpenAtServer : isOpenAtClient }
  }

  var connections: [Connection] = []
  /// Until when a device reaches nobody, and is not reached.
  var partitionedUntil: [[Int64]] = []
  var cloggedUntil: Int64 = 0

  mutating func open(_ device: Int) -> Int {
    connections.append(Connection(device: device))
    return connections.count - 1
  }

  func isPartitioned(_ device: Int, at now: Int64) -> Bool {
    partitionedUntil[device].contains { $0 > now }
  }
}

extension Direction {
  var index: Int { Int(rawValue) }
  var receiver: Side { self == .toServer ? .server : .client }
  var sender: Side { self == .toServer ? .client : .server }
}

extension Side {
  var other: Side { self == .server ? .client : .server }
}

extension Simulation {
  /// Sends a message; it arrives later, or is lost with the connection.
  func send(_ bytes: [UInt8], _ direction: Direction, on id: Int) {
    guard network.connections[id].isOpen(at: direction.sender) else { return }
    let number = network.connections[id].sent[direction.index]
    network.connections[id].sent[direction.index] += 1
    guard number < network.connections[id].lostFrom[direction.index] else { return }
    let time = arrival(direction, on: id)
    trace.note(
      at: now, 1, UInt64(id), direction.rawValue, Trace.digest(bytes),
      words: "\(direction == .toServer ? ">" : "<") \(id) \(Line.of(bytes, direction))")
    schedule.add(
      .arrive(connection: id, direction, number: number, bytes: number == 0 ? bytes : aged(bytes)), at: time)
    if !isCalm, duplicates > 0, random.chance(0.05) {
      duplicates -= 1
      schedule.add(.arrive(connection: id, direction, number: number, bytes: bytes), at: time)
    }
    let device = devices[network.connections[id].device]
    guard let cut = device.cut, device.connection == id else { return }
    device.cut = cut.messagesLeft > 0 ? (cut.messagesLeft - 1, cut.isHalfOpen) : nil
    if cut.messagesLeft == 0 { breakConnection(device, isHalfOpen: cut.isHalfOpen) }
  }

  private func arrival(_ direction: Direction, on id: Int) -> Int64 {
    let connection = network.connections[id]
    var time = now + random.within(plan.latency)
    if network.cloggedUntil > now { time += random.within(1_000...5_000) }
    let partition = network.partitionedUntil[connection.device][direction.index]
    if partition > now { time = max(time, partition + random.within(1...200)) }
    time = max(time, connection.last[direction.index])
    network.connections[id].last[direction.index] = time
    return time
  }

  /// A message as a newer peer would have sent it: with a field that this version may ignore. The first one
  /// is signed as it was sent.
  private func aged(_ bytes: [UInt8]) -> [UInt8] {
    guard plan.hasNewerPeers, random.chance(0.2) else { return bytes }
    // Field 100, two bytes.
    return bytes + [0xa2, 0x06, 2, 1, 2]
  }

  /// The connection breaks: what is on its way arrives up to some message, and the sides learn of it when
  /// they do.
  func cut(_ id: Int, clientLearnsAfter client: Int64, serverLearnsAfter server: Int64) {
    for direction in [Direction.toServer, .toClient] {
      let connection = network.connections[id]
      let (sent, arrived) = (connection.sent[direction.index], connection.arrived[direction.index])
      // A stream has no gaps: behind what a cut before this one took nothing arrives.
      let lost = arrived + random.below(sent - arrived + 1)
      network.connections[id].lostFrom[direction.index] = min(lost, connection.lostFrom[direction.index])
    }
    schedule.add(.learn(connection: id, .client), at: now + client)
    schedule.add(.learn(connection: id, .server), at: now + server)
  }

  /// One side ends the connection; the other learns once all that was sent has arrived.
  func end(_ id: Int, by side: Side) {
    guard network.connections[id].isOpen(at: side) else { return }
    close(id, at: side)
    let direction: Direction = side == .server ? .toClient : .toServer
    let time = arrival(direction, on: id)
    schedule.add(.learn(connection: id, side.other), at: time)
  }

  func close(_ id: Int, at side: Side) {
    if side == .server {
      network.connections[id].isOpenAtServer = false
    } else {
      network.connections[id].isOpenAtClient = false
    }
  }

  func arrive(_ id: Int, _ direction: Direction, _ number: Int, _ bytes: [UInt8]) throws {
    let connection = network.connections[id]
    guard number < connection.lostFrom[direction.index], connection.isOpen(at: direction.receiver) else {
      return
    }
    network.connections[id].arrived[direction.index] = max(connection.arrived[direction.index], number + 1)
    switch direction {
    case .toServer: serverReceives(.received(id, bytes))
    case .toClient: try deviceReceives(bytes, on: id)
    }
  }

  func learn(_ id: Int, _ side: Side) throws {
    guard network.connections[id].isOpen(at: side) else { return }
    close(id, at: side)
    switch side {
    case .server: serverReceives(.closed(id))
    case .client: try deviceLost(id)
    }
  }
}
