import CLibWebSockets

/// Where a server listens, checked against how it protects its bytes.
struct ListenAddress {
  /// What the library is told: an address, or nil for all.
  let interface: String?
  let options: UInt64

  /// - Throws: `plaintextNotAllowed` for plaintext on an address that is not loopback; `invalidConfiguration`.
  init(_ configuration: ServerConfiguration) throws(TransportError) {
    guard (0...65535).contains(configuration.port) else {
      throw TransportError(.invalidConfiguration, "a port lies between 0 and 65535")
    }
    let text = configuration.host == "localhost" ? "127.0.0.1" : configuration.host
    guard let address = PeerAddress(text) else {
      throw TransportError(.invalidConfiguration, "the host to listen on is an IP address or localhost")
    }
    if configuration.security == .plaintextLoopbackOnly, !address.isLoopback {
      throw TransportError(.plaintextNotAllowed, "without TLS the server listens on a loopback address only")
    }
    let isAny = address.bytes.allSatisfy { $0 == 0 }
    interface = isAny ? nil : address.text
    if address.bytes.count == 4 {
      options = UInt64(LWS_SERVER_OPTION_DISABLE_IPV6)
    } else if isAny {
      options = 0
    } else {
      options =
        UInt64(LWS_SERVER_OPTION_IPV6_V6ONLY_MODIFY) | UInt64(LWS_SERVER_OPTION_IPV6_V6ONLY_VALUE)
    }
  }
}
