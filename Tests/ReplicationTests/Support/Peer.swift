import CRDT
import Replication
import SwiftProtobuf
import WireProtocol

/// Speaks a client's part message by message, as right or wrong as a test wants it.
final class Peer {
  let exchange: Exchange
  let connection: Int
  let key: SigningKey
  private(set) var hello: [UInt8] = []
  private(set) var serverHello = WireServerHello()
  private(set) var welcome = WireWelcome()

  init(_ exchange: Exchange, key: SigningKey) {
    self.exchange = exchange
    self.key = key
    connection = exchange.open()
  }

  /// A peer that speaks for a device and has been welcomed.
  static func welcomed(_ exchange: Exchange, as station: Workstation) throws -> Peer {
    let peer = Peer(exchange, key: station.signingKey)
    _ = try peer.greet(as: station)
    _ = try peer.authenticate()
    station.replica.token = Identifier(bytes: peer.welcome.sessionToken)
    return peer
  }

  var transcript: [UInt8] {
    Transcript.bytes(clientHello: hello, serverHelloBody: Array(serverHello.body))
  }

  /// Sends bytes, and gives in a few words what the server does to this connection.
  func say(_ bytes: [UInt8]) -> [String] {
    exchange.server.received(bytes, on: connection)
    exchange.server.commit()
    return answers()
  }

  func say(_ fill: (inout WireClientMessage) -> Void) throws -> [String] {
    try say(WireClientMessage.with(fill).serializedBytes())
  }

  /// What the server did since.
  func answers() -> [String] {
    exchange.server.takeOutput().compactMap { output in
      switch output {
      case .send(connection, let message):
        if case .hello(let hello) = message.body { serverHello = hello }
        if case .welcome(let welcome) = message.body { self.welcome = welcome }
        return Line.of(message)
      case .authenticated(connection): return "authenticated"
      case .close(connection, let code): return "closed \(code.name)"
      case .send, .authenticated, .close: return nil
      }
    }
  }

  /// The hello that a device would send.
  func hello(of station: Workstation) -> WireClientHello {
    .with {
      $0.versions = [Limits.subprotocol]
      $0.nonce = .init(exchange.random.bytes(32))
      $0.time = exchange.clientTime
      $0.suite = 1
      $0.tenant = .init(station.replica.tenant.bytes)
      $0.epoch = .init(station.epoch.bytes)
      $0.actor = station.actor.rawValue
      $0.journal.entries = station.replica.journal().entries
      $0.journal.digest = .init(station.replica.journal().digest.bytes)
      $0.holdingsDigest = .init(station.replica.holdings.bytes)
      if let token = station.replica.token { $0.sessionToken = .init(token.bytes) }
    }
  }

  func greet(as station: Workstation, _ edit: (inout WireClientHello) -> Void = { _ in }) throws -> [String] {
    var message = hello(of: station)
    edit(&message)
    hello = try WireClientMessage.with { $0.hello = message }.serializedBytes()
    return say(hello)
  }

  func authenticate(_ edit: (inout WireAuthentication) -> Void = { _ in }) throws -> [String] {
    try say {
      $0.authentication.signature = .init(key.sign(transcript, for: .session))
      edit(&$0.authentication)
    }
  }

  /// Pushes entries under a right signature.
  func push(_ entries: [LinkedEntry]) throws -> [String] {
    try push(entries.map(\.entry), proof: Push.proof(of: entries, after: entries[0].journal))
  }

  func push(_ entries: [JournalEntry], proof: PushProof, edit: (inout WirePush) -> Void = { _ in }) throws
    -> [String]
  {
    let signature = key.sign(
      proof, tenant: exchange.tenant.id, actor: Transcript.actor(of: key.publicKey))
    var message = Push(entries: entries, signature: signature).message
    edit(&message)
    return try say { $0.push = message }
  }
}
