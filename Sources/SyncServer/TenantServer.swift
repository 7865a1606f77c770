import CRDT
import CaseModel
import Replication
import Storage
import WebSocketTransport
import WireProtocol

/// Carries out what a tenant's machine asks for: feeds it what happens on the connections, commits its groups
/// with one sync of the disk each, and lets it answer only then.
actor TenantServer {
  /// Something to say to the transport.
  typealias Post = @Sendable ([TransportCommand]) -> Void

  private nonisolated let executor = TenantExecutor()
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let store: ServerStore
  private let post: Post
  private let onFailure: @Sendable (StorageError) -> Void
  private var machine: TenantMachine<ConnectionID>

  /// Opens the tenant's store.
  ///
  /// - Throws: `StorageError` when that cannot be done.
  init(
    directory path: String, post: @escaping Post, onFailure: @escaping @Sendable (StorageError) -> Void
  ) throws {
    store = try ServerStore(directory: path)
    self.post = post
    self.onFailure = onFailure
    let (directory, governing, position) = try store.load()
    machine = TenantMachine(directory: directory, governing: governing, position: position)
  }

  /// Processes what the inbox holds, until it is empty.
  nonisolated func drain(_ inbox: EventInbox) {
    executor.run {
      self.assumeIsolated { tenant in
        while case let events = inbox.take(), !events.isEmpty { tenant.process(events) }
      }
    }
  }

  /// Takes in what happened on the connections, commits what it led to, and answers.
  private func process(_ events: [ConnectionEvent]) {
    for event in events {
      switch event {
      case .opened(let id, _): machine.opened(id, entropy: SystemSource.sessionEntropy())
      case .received(let id, let message): machine.received(message, on: id, at: SystemSource.now)
      case .closed(let id, _): machine.closed(id)
      case .backlogCleared(let id): machine.backlogCleared(id, at: SystemSource.now, in: store)
      }
    }
    while var staged = machine.stage(at: SystemSource.now, in: store) {
      do {
        if !staged.group.isEmpty { try store.commit(staged.group) }
      } catch {
        machine.failed(staged)
        // After a failed write or sync, what the disk has is known only to who reads it anew.
        if let error = error as? StorageError, [.inputOutput, .mustReopen].contains(error.code) {
          onFailure(error)
        }
        continue
      }
      machine.committed(&staged, in: store)
      postActions()
      machine.answer(staged, in: store)
    }
    postActions()
  }

  /// Closes the store; nothing can be served afterwards.
  func close() throws { try store.close() }

  private func postActions() {
    let commands = machine.takeActions().compactMap(Self.command)
    if !commands.isEmpty { post(commands) }
  }

  private static func command(_ action: TenantMachine<ConnectionID>.Action) -> TransportCommand? {
    switch action {
    case .send(let id, let message): (try? message.serializedBytes()).map { .send(id, $0) }
    case .authenticated(let id): .authenticated(id)
    case .close(let id, let code): .close(id, code.closeCode, code.name)
    }
  }
}

extension ErrorCode {
  /// The WebSocket close code (RFC 6455 §7.4) that goes with the reason.
  fileprivate var closeCode: CloseCode {
    switch self {
    case .malformed: .invalidPayload
    case .unsupported, .unexpected: .protocolError
    case .limitExceeded: .policyViolation
    case .retry: .tryAgainLater
    default: .policyViolation
    }
  }
}
