public import Logging
import Storage
import Synchronization
public import WebSocketTransport
import WireProtocol

/// A running server of one tenant: a store, sessions and a WebSocket listener.
public final class SyncServer: Sendable {
  /// The port that it listens on.
  public var port: Int { listener.port }

  private let loop: ServiceLoop
  private let listener: WebSocketServer
  private let tenant: TenantServer
  /// `nil` where the system allows no socket in the tenant's folder.
  private let bundles: BundleListener?

  /// What opening the tenant came to: whether it is in recovery, and what its ledger said.
  public var opening: OpeningReport { tenant.opening }

  /// Opens the tenant in a folder and serves it.
  ///
  /// - Parameters:
  ///   - directory: the folder that `TenantSetup.create` made.
  ///   - ledger: the ledger's file; `nil` for the one beside the folder.
  ///   - keys: the database of the records' keys; `nil` for the one beside the folder.
  ///   - host: the address to listen on.
  ///   - port: the port; 0 for any that is free.
  ///   - security: TLS, or plain text on loopback.
  ///   - reservedBytes: how many bytes of the disk are kept free: with less, work is to be tried again
  ///     later, and people read on. 64 MiB.
  ///   - leaseDays: how many days a device may show what it holds without contact; 0 for no limit.
  ///   - onFailure: told once when the disk has failed. Nothing is taken in or acknowledged any more; the
  ///     process must end, so that the next one recovers from what is on the disk.
  /// - Throws: `StartFailure` or `TransportError`.
  public init(
    directory: String, ledger: String? = nil, keys: String? = nil, host: String, port: Int,
    security: ServerConfiguration.Security,
    unauthenticatedConnectionsPerAddress: Int? = nil, keepingFree reservedBytes: UInt64? = nil,
    leaseDays: UInt32 = 0, logger: Logger,
    onFailure: @escaping @Sendable (StartFailure) -> Void = { _ in }
  ) throws {
    let outbox = Outbox()
    let inbox = EventInbox()
    let tenant = try StartFailure.translating(directory) {
      try TenantServer(
        directory: directory, ledger: ledger, keys: keys,
        keepingFree: reservedBytes ?? ServerStore.reservedBytes, leaseDays: leaseDays,
        post: { outbox.post($0) },
        onShortage: { isShort in
          if isShort {
            logger.error("the disk is nearly full: no work is taken in, people read on")
          } else {
            logger.notice("there is room on the disk again: work is taken in")
          }
        },
        onFailure: { onFailure(StartFailure($0, directory: directory)) })
    }
    self.tenant = tenant
    loop = try ServiceLoop(logger: logger)
    var configuration = ServerConfiguration(
      host: host, port: port, security: security, subprotocol: Limits.subprotocol)
    if let unauthenticatedConnectionsPerAddress {
      configuration.limits.unauthenticatedConnectionsPerAddress = unauthenticatedConnectionsPerAddress
    }
    listener = try WebSocketServer(configuration: configuration, loop: loop, logger: logger) { events in
      if inbox.add(events) { tenant.drain(inbox) }
    }
    outbox.connect(listener)
    tenant.begin()
    do {
      bundles = try BundleListener(directory: directory, tenant: tenant)
    } catch {
      bundles = nil
      logger.warning("no bundles are taken in while this server runs: no socket in the tenant's folder")
    }
  }

  /// Ends all sessions, having sent what was acknowledged, and closes the store.
  public func stop() async {
    bundles?.stop()
    await listener.stop(code: .serviceRestart)
    await loop.shutdown()
    try? await tenant.close()
  }
}

/// What is to be sent, kept until there is a listener to send it.
private final class Outbox: Sendable {
  private struct State {
    var listener: WebSocketServer?
    var early: [TransportCommand] = []
  }

  private let state = Mutex(State())

  func connect(_ listener: WebSocketServer) {
    state.withLock { state in
      state.listener = listener
      listener.post(state.early)
      state.early = []
    }
  }

  func post(_ commands: [TransportCommand]) {
    state.withLock { state in
      if let listener = state.listener { listener.post(commands) } else { state.early += commands }
    }
  }
}
