import CRDT

/// What happens when: events in order of simulated time, those of one moment in the order in which they were
/// scheduled.
struct Schedule {
  private struct Item {
    let time: Int64
    let order: UInt64
    let event: Event

    static func < (left: Item, right: Item) -> Bool {
      left.time == right.time ? left.order < right.order : left.time < right.time
    }
  }

  /// A binary heap, the next item first.
  private var items: [Item] = []
  private var scheduled: UInt64 = 0

  var isEmpty: Bool { items.isEmpty }
  var nextTime: Int64? { items.first?.time }

  mutating func add(_ event: Event, at time: Int64) {
    scheduled += 1
    items.append(Item(time: time, order: scheduled, event: event))
    var place = items.count - 1
    while place > 0, items[place] < items[(place - 1) / 2] {
      items.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func popFirst() -> (time: Int64, event: Event)? {
    guard let first = items.first else { return nil }
    let last = items.removeLast()
    guard !items.isEmpty else { return (first.time, first.event) }
    items[0] = last
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < items.count && items[child] < items[least] {
        least = child
      }
      if least == place { return (first.time, first.event) }
      items.swapAt(place, least)
      place = least
    }
  }
}

/// Something that is to happen.
enum Event {
  /// Somebody works at a device.
  case act(Int)
  /// A device tries to connect.
  case connect(Int, process: Int32)
  /// A device's connection is made, or cannot be.
  case connected(Int)
  case connectFailed(Int, process: Int32)
  /// A message is there.
  case arrive(connection: Int, Direction, number: Int, bytes: [UInt8])
  /// A side learns that the connection is gone.
  case learn(connection: Int, Side)
  /// A session is told that something was written.
  case woken(Int, process: Int32)
  /// The server's thread gets its turn.
  case serverTurn
  /// What somebody may read changes by the time alone.
  case serverAlarm(process: Int32)
  /// Somebody decides on what waits for her.
  case decide(Int)
  /// A leader looks at what others propose to erase.
  case confirmErasure(Int)
  /// Somebody ends a device's access, or a person's.
  case endSomebody(Int)
  /// Somebody consents, or takes it back, or writes from outside.
  case consent(Int)
  /// Somebody prepares or issues a formal decision.
  case decideFormally(Int)
  /// Somebody opens a case, or looks at records.
  case open(Int)
  /// Somebody works in a certain record.
  case workIn(Identifier, Int)
  /// Somebody looks at the digits that a device shows.
  case confirmDevice(Int)
  /// A process that ended begins again.
  case startServer
  case startDevice(Int)
  case fault(FaultKind)
  /// Something that was broken works again.
  case mend(Repair)
}

enum Direction: UInt64 {
  case toServer, toClient
}

enum Side: UInt64 {
  case server, client
}
