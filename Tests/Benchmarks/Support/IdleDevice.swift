import CRDT
import Logging
import Replication
import WebSocketTransport
import WireProtocol

/// A device that has nothing to write: the client's state machines over a real socket, without a disk, so
/// that a thousand fit into one process.
struct IdleDevice: Sendable {
  private let key: SigningKey
  private let enrolled: EnrolmentSession.Enrolled

  /// What it writes as.
  var actor: ActorID { Transcript.actor(of: key.publicKey) }
  /// The account that its changes name as their author.
  var account: Identifier { enrolled.membership.account }
  var tenant: Identifier { enrolled.server.tenant }
  /// Who it is to the server when it connects for the first time.
  var identity: ClientIdentity {
    ClientIdentity(
      tenant: tenant, tenantKey: enrolled.server.key, actor: actor, signingKey: key,
      epoch: enrolled.server.epoch, token: enrolled.token, cursor: [], deliveries: 0,
      holdings: Transcript.holdingsDigest([]))
  }

  /// Becomes a device by a one-time code.
  init(code text: String, url: String, loop: ServiceLoop) async throws {
    guard let code = EnrolmentCode(text) else { throw BenchmarkError(description: "not a code") }
    key = try SigningKey(secret: Self.randomBytes())
    var session = EnrolmentSession(
      code: code, signingKey: key, agreementKey: Self.randomBytes(), deviceName: "idle")
    let client = try await Self.connect(url, loop)
    var messages = client.messages.makeAsyncIterator()
    var actions = try session.connected(nonce: Self.randomBytes(), at: 0)
    while true {
      for action in actions {
        switch action {
        case .send(let message): client.send(message)
        case .failed(let code): throw BenchmarkError(description: "enrolment failed: \(code.name)")
        case .enrolled(let enrolled):
          self.enrolled = enrolled
          await client.close()
          return
        }
      }
      actions = session.messageReceived(try await Self.next(&messages))
    }
  }

  /// Opens a session and follows until nothing waits; the connection then stays open.
  func connect(_ url: String, _ loop: ServiceLoop) async throws -> WebSocketClient {
    let source = EmptyReplica(journal: .start(tenant: tenant, actor: actor))
    var session = ClientSession(identity: identity)
    let client = try await Self.connect(url, loop)
    var messages = client.messages.makeAsyncIterator()
    var actions = try session.connected(nonce: Self.randomBytes(), at: 0, replica: source)
    while true {
      for action in actions {
        switch action {
        case .send(let message): client.send(message)
        case .report(.upToDate): return client
        case .report(.failed(let code)):
          throw BenchmarkError(description: "the session failed: \(code.name)")
        case .store, .flush, .report, .resume, .close: continue
        }
      }
      actions = try session.messageReceived(try await Self.next(&messages), replica: source)
    }
  }

  static func connect(_ url: String, _ loop: ServiceLoop) async throws -> WebSocketClient {
    try await WebSocketClient.connect(
      ClientConfiguration(url: url, subprotocol: Limits.subprotocol), loop: loop,
      logger: Logger(label: "kos-bench", factory: { _ in SwiftLogNoOpLogHandler() }))
  }

  private static func next(_ messages: inout AsyncStream<[UInt8]>.AsyncIterator) async throws -> [UInt8] {
    guard let message = await messages.next() else {
      throw BenchmarkError(description: "the server closed the connection")
    }
    return message
  }

  static func randomBytes() -> [UInt8] { (0..<32).map { _ in .random(in: 0 ... .max) } }
}

/// The journal of a device that never wrote.
private struct EmptyReplica: ReplicaSource {
  let start: JournalHead

  init(journal: JournalHead) { start = journal }

  func journal() -> JournalHead { start }
  func digest(ofEntry number: UInt64) -> Digest? { nil }
  func pendingEntries(after number: UInt64, limit: Int) -> [LinkedEntry] { [] }
  func newestStamped() -> KnownHead? { nil }
  func knownHeads(after record: Identifier?, limit: Int, ownOnly: Bool) -> (
    heads: [KnownHead], next: Identifier?
  ) { ([], nil) }
  func keptChanges(upTo head: KnownHead) -> [OfferedChange] { [] }
}
