import CRDT
import Replication
import WebSocketTransport
import WireProtocol

/// A device with an open session and no disk: the client's state machine over a real socket. For one task.
final class LightDevice {
  let replica: MemoryReplica
  /// How many changes and states were delivered.
  private(set) var delivered = 0
  /// How many records were ordered to be wiped.
  private(set) var exited = 0
  /// How many of the own entries were refused.
  private(set) var refused = 0

  private var session: ClientSession
  private let client: WebSocketClient
  private var messages: AsyncStream<[UInt8]>.AsyncIterator
  private(set) var isUpToDate = false
  private(set) var receivedBytes = 0

  /// Connects and opens a session.
  init(_ device: IdleDevice, url: String, loop: ServiceLoop) async throws {
    replica = MemoryReplica(device)
    session = ClientSession(identity: device.identity)
    client = try await IdleDevice.connect(url, loop)
    messages = client.messages.makeAsyncIterator()
    try perform(session.connected(nonce: IdleDevice.randomBytes(), at: 0, replica: replica))
  }

  /// Waits until everything that the server has for this device is here.
  func upToDate() async throws { while !isUpToDate { try await takeMessage() } }

  /// Sends what was written.
  func push() throws { try perform(session.entriesWritten(replica: replica)) }

  /// Waits until at most so many entries have no verdict.
  func judged(downTo count: Int = 0) async throws {
    while replica.unjudged > count { try await takeMessage() }
  }

  /// Takes in one message.
  func takeMessage() async throws {
    guard let message = await messages.next() else {
      throw BenchmarkError(
        description: "the server closed the connection: \(String(describing: client.closeReason))")
    }
    receivedBytes += message.count
    try perform(session.messageReceived(message, replica: replica))
  }

  func close() async { await client.close() }

  private func perform(_ actions: [ClientSession.Action]) throws {
    for action in actions {
      switch action {
      case .send(let message): client.send(message)
      case .store(.verdicts(let verdicts, _)):
        refused += verdicts.count { $0.refusal != nil }
        replica.take(verdicts)
      case .store(.delivery(let delivery)):
        delivered += delivery.changes.count + delivery.enters.count
        replica.take(delivery)
      case .store(.exit(let records, _, _)): exited += records.count
      case .report(.upToDate): isUpToDate = true
      case .report(.failed(let code)):
        throw BenchmarkError(description: "the session failed: \(code.name)")
      case .store, .flush, .report, .resume, .close: continue
      }
    }
  }
}
