import CLibWebSockets
import Glibc

/// A virtual host of the library for clients that trust the same authorities.
final class ClientHost {
  /// Whose certificates are believed.
  enum Trust: Hashable {
    /// No TLS.
    case plaintext
    /// The authorities of the system.
    case system
    /// Those in a PEM file, and no others.
    case file(String)
  }

  static let protocolName = "kos-client"

  /// Lives as long as the process, like the one name it holds: hosts come and go with contexts.
  private nonisolated(unsafe) static let protocols: UnsafeMutablePointer<lws_protocols> = {
    let list = UnsafeMutablePointer<lws_protocols>.allocate(capacity: 2)
    let name: UnsafePointer<CChar> = UnsafePointer(strdup(protocolName))
    list.initialize(to: .webSocket(name: name, callback: clientCallback, messageBytes: 1 << 20))
    (list + 1).initialize(to: lws_protocols())
    return list
  }()

  let pointer: OpaquePointer
  private let strings = CStringArena()

  /// - Throws: `invalidConfiguration` when the file cannot be read.
  init(trust: Trust, context: LibraryContext) throws(TransportError) {
    var info = lws_context_creation_info.base()
    info.port = CONTEXT_PORT_NO_LISTEN
    info.protocols = UnsafePointer(Self.protocols)
    switch trust {
    case .plaintext: break
    case .system: info.options |= UInt64(LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT)
    case .file(let path):
      guard access(path, R_OK) == 0 else {
        throw TransportError(.invalidConfiguration, "the file of certificate authorities cannot be read")
      }
      info.client_ssl_ca_filepath = strings.copy(path)
      info.options |=
        UInt64(LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT) | UInt64(LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS)
    }
    info.alpn = strings.copy("http/1.1")
    info.client_ssl_cipher_list = strings.copy(TLSCiphers.tls12)
    info.ssl_client_options_set = clws_client_tls_options
    info.vhost_name = strings.copy(Self.protocolName)
    guard let made = lws_create_vhost(context.pointer, &info) else {
      throw TransportError(.unavailable, "the WebSocket library made no client")
    }
    pointer = made
  }
}

extension LoopState {
  /// The host for this trust, made once.
  func clientHost(trust: ClientHost.Trust) throws(TransportError) -> ClientHost {
    if let known = clientHosts[trust] { return known }
    let host = try ClientHost(trust: trust, context: context)
    clientHosts[trust] = host
    return host
  }
}
