import CRDT
import CaseModel
import WireProtocol

@testable import Replication

/// A device's side of its sessions in a town, without anything that is stored: it says what a test wants it
/// to say, and keeps what it needs to go on.
struct Terminal {
  let resident: Resident
  let device: Int
  private(set) var connection: ConnectionNumber?
  private(set) var token: Identifier?
  private(set) var cursor: [UInt8] = []
  /// The number of the last delivery that came.
  private(set) var lastDelivery: UInt64 = 0
  /// The number of the last delivery that the server knew to have arrived when the session began.
  private(set) var known: UInt64 = 0
  /// Exits that no receipt was sent for.
  private(set) var exits: [HeldRecord] = []
  private(set) var wipes: UInt64 = 0
  private(set) var isWelcome = false
  private var hello: [UInt8] = []

  init(_ resident: Resident, device: Int = 0) {
    self.resident = resident
    self.device = device
  }

  var actor: ActorID { resident.actors[device] }

  // MARK: Opening

  /// Opens a connection and says both hellos; `welcomed` comes with the next commit.
  ///
  /// - Returns: what the server said, which is its hello.
  mutating func connect(
    to town: inout Town, fromCursor: Bool, using random: inout SplitMix64
  ) throws -> [WireServerMessage] {
    disconnect(from: &town)
    if !fromCursor { cursor = [] }
    let connection = town.open(using: &random)
    self.connection = connection
    let greeting = message { $0.hello = self.hello(in: town, nonce: random.bytes(32)) }
    hello = try greeting.serializedBytes()
    try town.say(greeting, on: connection)
    try town.commit()
    let heard = town.hear(connection)
    guard case .hello(let answer)? = heard.last?.body else { return heard }
    let transcript = Transcript.bytes(clientHello: hello, serverHelloBody: Array(answer.body))
    try town.say(
      message {
        $0.authentication.signature = .init(self.resident.keys[self.device].sign(transcript, for: .session))
      }, on: connection)
    return heard
  }

  private func hello(in town: Town, nonce: [UInt8]) -> WireClientHello {
    let journal =
      town.machine.directory.devices[actor]?.journal ?? .start(tenant: town.tenant.id, actor: actor)
    return .with {
      $0.versions = [Limits.subprotocol]
      $0.nonce = .init(nonce)
      $0.time = town.now
      $0.suite = 1
      $0.tenant = .init(town.tenant.id.bytes)
      $0.epoch = .init(town.tenant.epoch.bytes)
      $0.actor = actor.rawValue
      $0.journal.entries = journal.entries
      $0.journal.digest = .init(journal.digest.bytes)
      $0.holdingsDigest = .init([UInt8](repeating: 1, count: 32))
      $0.cursor = .init(cursor)
      if let token { $0.sessionToken = .init(token.bytes) }
    }
  }

  mutating func disconnect(from town: inout Town) {
    if let connection { town.close(connection) }
    connection = nil
    isWelcome = false
  }

  // MARK: Saying

  func say(_ fill: (inout WireClientMessage) -> Void, to town: inout Town) throws {
    guard let connection, isWelcome else { return }
    try town.say(message(fill), on: connection)
  }

  func follow(_ town: inout Town) throws {
    let cursor = cursor
    try say({ $0.follow = .with { $0.cursor = .init(cursor) } }, to: &town)
  }

  mutating func forgetCursor() { cursor = [] }

  /// Says that the device holds records.
  func list(_ records: [HeldRecord], to town: inout Town) throws {
    guard !records.isEmpty else { return }
    try say({ $0.holdings.records = records.map(\.message) }, to: &town)
  }

  func confirm(_ town: inout Town) throws {
    guard lastDelivery > 0 else { return }
    let number = lastDelivery
    try say({ $0.delivered.number = number }, to: &town)
  }

  func push(_ entry: JournalEntry, to town: inout Town) throws {
    let push = Push(entries: [entry], signature: [UInt8](repeating: 0, count: 64))
    try say({ $0.push = push.message }, to: &town)
  }

  /// Says that what was ordered is wiped.
  mutating func giveReceipt(to town: inout Town) throws {
    guard !exits.isEmpty, isWelcome else { return }
    wipes += UInt64(exits.count)
    let wipes = wipes
    let body: [UInt8] = try WireReceiptBody.with {
      $0.tenant = .init(town.tenant.id.bytes)
      $0.actor = self.actor.rawValue
      $0.wipes = wipes
      $0.records = self.exits.map { held in
        .with {
          $0.record = .init(held.record.bytes)
          $0.generation = held.generation
        }
      }
    }.serializedBytes()
    exits = []
    let signature = resident.keys[device].sign(body, for: .receipt)
    try say(
      {
        $0.receipt.body = .init(body)
        $0.receipt.signature = .init(signature)
      }, to: &town)
  }

  private func message(_ fill: (inout WireClientMessage) -> Void) -> WireClientMessage { .with(fill) }

  // MARK: Hearing

  /// Takes what the server said since, and keeps what the next session needs.
  mutating func hear(_ town: inout Town) throws -> [WireServerMessage] {
    guard let connection else { return [] }
    let heard = town.hear(connection)
    for message in heard {
      switch message.body {
      case .welcome(let welcome)?:
        token = Identifier(bytes: welcome.sessionToken)
        lastDelivery = 0
        known = welcome.deliveries
        exits = []
        isWelcome = true
      case .delivery(let delivery)?:
        lastDelivery = delivery.number
        if !delivery.cursor.isEmpty { cursor = Array(delivery.cursor) }
      case .verdicts(let verdicts)?:
        if !verdicts.cursor.isEmpty { cursor = Array(verdicts.cursor) }
      case .order(let order)?:
        if case .exit(let exit)? = try WireOrderBody(serializedBytes: order.body).order {
          exits += try HeldRecord.list(exit.records)
        }
      case .failure(let failure)? where failure.fatal: disconnect(from: &town)
      default: break
      }
    }
    return heard
  }
}
