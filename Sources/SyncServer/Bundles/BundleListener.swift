import Dispatch
import Logging
import Replication
import Synchronization

/// Takes bundles in beside the WebSocket: a command that reads one out (`kosd bundle take`) connects to a
/// socket in the tenant's folder, and its messages go the way of a session's. One at a time.
final class BundleListener: Sendable {
  /// How long a command may take over one message, in seconds.
  private static let patience = 60
  /// Their numbers are apart from those of WebSockets.
  private static let firstNumber: UInt64 = 1 << 63

  private let directory: String
  private let tenant: TenantServer
  private let listener: LocalSocket
  private let queue = DispatchQueue(label: "kos.bundles")
  /// What is being taken in.
  private let current = Mutex<(socket: LocalSocket?, isStopping: Bool)>((nil, false))
  private let hasEnded = DispatchSemaphore(value: 0)

  /// Listens.
  ///
  /// - Throws: `LocalSocket.Failure`.
  init(directory: String, tenant: TenantServer) throws {
    self.directory = directory
    self.tenant = tenant
    listener = try LocalSocket.listening(in: directory)
    queue.async { self.run() }
  }

  /// Ends it, and waits for what is being taken in to be broken off.
  func stop() {
    LocalSocket.remove(in: directory)
    current.withLock { current in
      current.isStopping = true
      current.socket?.shutDown()
    }
    listener.shutDown()
    hasEnded.wait()
  }

  private func run() {
    defer { hasEnded.signal() }
    var number = Self.firstNumber
    while let socket = try? listener.accepted(patience: Self.patience) {
      let isStopping = current.withLock { current in
        current.socket = socket
        return current.isStopping
      }
      if !isStopping { serve(socket, as: ConnectionNumber(rawValue: number)) }
      current.withLock { $0.socket = nil }
      number += 1
    }
  }

  private func serve(_ socket: LocalSocket, as id: ConnectionNumber) {
    // The tenant must not wait for a slow reader. What it may say before it hears again is bounded.
    let answers = DispatchQueue(label: "kos.bundle.answers")
    tenant.carry(.opened, on: id) { message in
      answers.async {
        guard let message else { return socket.shutDown() }
        do { try socket.send(message) } catch { socket.shutDown() }
      }
    }
    while let message = try? socket.receive() { tenant.carry(.received(message), on: id) }
    tenant.carry(.closed, on: id)
    answers.sync {}
  }
}
