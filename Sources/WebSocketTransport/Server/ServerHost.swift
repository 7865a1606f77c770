import CLibWebSockets
import Glibc

/// The library's virtual host of one server, with the C structures that must outlive it.
final class ServerHost {
  /// What the library keeps pointers to.
  private final class Attachments {
    let endpoint: ServerEndpoint
    let strings = CStringArena()
    let protocolName: UnsafePointer<CChar>?
    let protocols = UnsafeMutablePointer<lws_protocols>.allocate(capacity: 2)
    let idlePolicy = UnsafeMutablePointer<lws_retry_bo_t>.allocate(capacity: 1)

    init(endpoint: ServerEndpoint) {
      self.endpoint = endpoint
      protocolName = strings.copy(endpoint.configuration.subprotocol)
      let limits = endpoint.configuration.limits
      protocols.initialize(
        to: .webSocket(name: protocolName, callback: serverCallback, messageBytes: limits.messageBytes))
      (protocols + 1).initialize(to: lws_protocols())
      idlePolicy.initialize(to: .idle(ping: limits.ping, hangup: limits.hangup))
    }

    deinit {
      protocols.deallocate()
      idlePolicy.deallocate()
    }
  }

  /// Connections accepted in one turn, so that those who are in are served as well.
  private static let acceptsPerTurn = 64

  let port: Int
  private let pointer: OpaquePointer
  private let listenSocket: ListenSocket
  private var listenWSI: OpaquePointer?

  /// Binds the address and begins to accept.
  init(
    configuration: ServerConfiguration, context: LibraryContext, endpoint: ServerEndpoint
  ) throws(TransportError) {
    listenSocket = try ListenSocket(ListenAddress(configuration))
    port = listenSocket.port
    let attachments = Attachments(endpoint: endpoint)
    var info = lws_context_creation_info.base()
    info.port = CONTEXT_PORT_NO_LISTEN_SERVER
    info.protocols = UnsafePointer(attachments.protocols)
    info.retry_and_idle_policy = UnsafePointer(attachments.idlePolicy)
    info.timeout_secs = 10
    info.timeout_secs_ah_idle = 5
    info.keepalive_timeout = 5
    info.user = Unmanaged.passUnretained(endpoint).toOpaque()
    info.finalize_arg = Unmanaged.passRetained(attachments).toOpaque()
    info.finalize = { _, argument in
      guard let argument else { return }
      Unmanaged<Attachments>.fromOpaque(argument).takeRetainedValue().endpoint.hostGone()
    }
    let strings = attachments.strings
    let created = Self.create(&info, configuration: configuration, strings: strings, context: context)
    guard let made = created else {
      Glibc.close(listenSocket.descriptor)
      // The library may or may not have finalized what it made in part: a small leak is better than a double
      // free.
      throw TransportError(.cannotListen, "the certificate or its key cannot be used")
    }
    pointer = made
    // A socket in the library's eyes only for being polled: it is told as a file that can be read.
    let adopted = lws_adopt_descriptor_vhost(
      made, LWS_ADOPT_RAW_FILE_DESC, .init(filefd: listenSocket.descriptor), attachments.protocolName, nil)
    guard let adopted else {
      lws_vhost_destroy(made)
      throw TransportError(.cannotListen, "no descriptor is left to listen")
    }
    listenWSI = adopted
  }

  private static func create(
    _ info: inout lws_context_creation_info, configuration: ServerConfiguration, strings: CStringArena,
    context: LibraryContext
  ) -> OpaquePointer? {
    if case .tls(let certificateFile, let privateKeyFile) = configuration.security {
      info.ssl_cert_filepath = strings.copy(certificateFile)
      info.ssl_private_key_filepath = strings.copy(privateKeyFile)
      info.ssl_cipher_list = strings.copy(TLSCiphers.tls12)
      info.ssl_options_set = clws_server_tls_options
      info.options |= UInt64(LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT)
    }
    // No HTTP/2: its code in this version of the library has known holes.
    info.alpn = strings.copy("http/1.1")
    info.vhost_name = strings.copy("kos-server")
    return lws_create_vhost(context.pointer, &info)
  }

  /// Whether the socket is the listening one.
  func isListening(_ wsi: OpaquePointer) -> Bool { wsi == listenWSI }

  /// Takes those who wait. `admit` decides before a byte is read; `begin` is told of each address that comes
  /// in.
  func accept(admit: (PeerAddress) -> Bool, begin: (PeerAddress?) -> Void) {
    for _ in 0..<Self.acceptsPerTurn {
      switch listenSocket.accept() {
      case .none: return
      case .exhausted:
        // Those who wait make the socket readable all the time: look away for a second instead of spinning.
        guard let listenWSI else { return }
        lws_rx_flow_control(listenWSI, 0)
        lws_set_timer_usecs(listenWSI, 1_000_000)
        return
      case .connection(let descriptor, let address):
        guard admit(address) else {
          Glibc.close(descriptor)
          continue
        }
        begin(address)
        // On failure, as when every descriptor of the loop is taken, the library closes the socket.
        _ = lws_adopt_socket_vhost(pointer, descriptor)
        begin(nil)
      }
    }
  }

  /// Looks again, after no descriptor was left.
  func acceptAgain() {
    if let listenWSI { lws_rx_flow_control(listenWSI, 1) }
  }

  /// Gives the port back. Outside the library's callbacks.
  func stopListening() {
    guard let listenWSI else { return }
    self.listenWSI = nil
    lws_set_timeout(listenWSI, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_SYNC)
  }

  /// Frees the host, whose sockets must all be gone; `ServerEndpoint.hostGone` is called in the course of it.
  func destroy() {
    lws_vhost_destroy(pointer)
  }
}
