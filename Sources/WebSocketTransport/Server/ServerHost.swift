import CLibWebSockets

/// The library's virtual host of one server, with the C structures that must outlive it.
final class ServerHost {
  /// What the library keeps pointers to.
  private final class Attachments {
    let endpoint: ServerEndpoint
    let protocolName: UnsafeMutablePointer<CChar>
    let protocols = UnsafeMutablePointer<lws_protocols>.allocate(capacity: 2)
    let idlePolicy = UnsafeMutablePointer<lws_retry_bo_t>.allocate(capacity: 1)

    init(endpoint: ServerEndpoint) {
      self.endpoint = endpoint
      let name = Array(endpoint.configuration.subprotocol.utf8CString)
      protocolName = .allocate(capacity: name.count)
      protocolName.initialize(from: name, count: name.count)
      let limits = endpoint.configuration.limits
      protocols.initialize(
        to: .webSocket(name: protocolName, callback: serverCallback, messageBytes: limits.messageBytes))
      (protocols + 1).initialize(to: lws_protocols())
      idlePolicy.initialize(to: .idle(ping: limits.ping, hangup: limits.hangup))
    }

    deinit {
      protocols.deallocate()
      idlePolicy.deallocate()
      protocolName.deallocate()
    }
  }

  let port: Int
  private let pointer: OpaquePointer

  /// Binds the address.
  init(
    configuration: ServerConfiguration, context: LibraryContext, endpoint: ServerEndpoint
  ) throws(TransportError) {
    let address = try ListenAddress(configuration)
    let attachments = Attachments(endpoint: endpoint)
    var info = lws_context_creation_info.base()
    info.port = Int32(configuration.port)
    info.options |= address.options | UInt64(LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND)
    info.protocols = UnsafePointer(attachments.protocols)
    info.retry_and_idle_policy = UnsafePointer(attachments.idlePolicy)
    info.timeout_secs = 10
    info.timeout_secs_ah_idle = 5
    info.keepalive_timeout = 5
    info.user = Unmanaged.passUnretained(endpoint).toOpaque()
    let retained = Unmanaged.passRetained(attachments)
    info.finalize_arg = retained.toOpaque()
    info.finalize = { _, argument in
      guard let argument else { return }
      Unmanaged<Attachments>.fromOpaque(argument).takeRetainedValue().endpoint.hostGone()
    }
    let made = Self.create(&info, configuration: configuration, interface: address.interface, context: context)
    guard let made else {
      // Nothing was made, or what was made has been finalized by the library: then the reference is used up.
      throw TransportError(.cannotListen, "the address, port or certificate cannot be used")
    }
    pointer = made
    port = Int(lws_get_vhost_listen_port(made))
  }

  private static func create(
    _ info: inout lws_context_creation_info, configuration: ServerConfiguration, interface: String?,
    context: LibraryContext
  ) -> OpaquePointer? {
    var certificate: String?
    var key: String?
    if case .tls(let certificateFile, let privateKeyFile) = configuration.security {
      certificate = certificateFile
      key = privateKeyFile
      info.options |= UInt64(LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT)
    }
    return CStrings.with([interface, certificate, key, "http/1.1", TLSCiphers.tls12, "kos-server"]) { strings in
      info.iface = strings[0]
      info.ssl_cert_filepath = strings[1]
      info.ssl_private_key_filepath = strings[2]
      // No HTTP/2: its code in this version of the library has known holes.
      info.alpn = strings[3]
      info.ssl_cipher_list = strings[1] == nil ? nil : strings[4]
      info.ssl_options_set = clws_server_tls_options
      info.vhost_name = strings[5]
      return lws_create_vhost(context.pointer, &info)
    }
  }

  /// Closes every socket of the host; `ServerEndpoint.hostGone` is called when the last is gone.
  func destroy() {
    lws_vhost_destroy(pointer)
  }
}
