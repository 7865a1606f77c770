import Glibc

/// Where a server listens, checked against how it protects its bytes.
struct ListenAddress {
  let address: PeerAddress
  let port: UInt16

  /// - Throws: `plaintextNotAllowed` for plaintext on an address that is not loopback;
  ///   `invalidConfiguration`.
  init(_ configuration: ServerConfiguration) throws(TransportError) {
    guard let port = UInt16(exactly: configuration.port) else {
      throw TransportError(.invalidConfiguration, "a port lies between 0 and 65535")
    }
    let text = configuration.host == "localhost" ? "127.0.0.1" : configuration.host
    guard let address = PeerAddress(text) else {
      throw TransportError(.invalidConfiguration, "the host to listen on is an IP address or localhost")
    }
    if configuration.security == .plaintextLoopbackOnly, !address.isLoopback {
      throw TransportError(.plaintextNotAllowed, "without TLS the server listens on a loopback address only")
    }
    self.address = address
    self.port = port
  }

  /// The same for the kernel.
  var socketAddress: (storage: sockaddr_storage, length: socklen_t) {
    var storage = sockaddr_storage()
    let isV4 = address.bytes.count == 4
    withUnsafeMutableBytes(of: &storage) { raw in
      if isV4 {
        var v4 = sockaddr_in()
        v4.sin_family = sa_family_t(AF_INET)
        v4.sin_port = port.bigEndian
        withUnsafeMutableBytes(of: &v4.sin_addr) { $0.copyBytes(from: address.bytes) }
        withUnsafeBytes(of: v4) { raw.copyMemory(from: $0) }
      } else {
        var v6 = sockaddr_in6()
        v6.sin6_family = sa_family_t(AF_INET6)
        v6.sin6_port = port.bigEndian
        withUnsafeMutableBytes(of: &v6.sin6_addr) { $0.copyBytes(from: address.bytes) }
        withUnsafeBytes(of: v6) { raw.copyMemory(from: $0) }
      }
    }
    let length = isV4 ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
    return (storage, socklen_t(length))
  }
}
