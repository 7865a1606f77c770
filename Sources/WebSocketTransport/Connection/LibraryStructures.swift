import CLibWebSockets

extension lws_protocols {
  /// One subprotocol. The library allocates the read buffer for each socket, and no memory for us.
  static func webSocket(
    name: UnsafePointer<CChar>?, callback: clws_callback, messageBytes: Int
  ) -> lws_protocols {
    var entry = lws_protocols()
    entry.name = name
    entry.callback = callback
    // Payload in one callback, and the size of the buffer of each socket: most messages fit, idle sockets
    // stay small.
    entry.rx_buffer_size = 2048
    // As much as the kernel takes in one call; otherwise the library sends in pieces of the read buffer's
    // size.
    entry.tx_packet_size = messageBytes + 64
    return entry
  }
}

extension lws_retry_bo_t {
  /// When to ping and when to give up, in whole seconds; the library's own 300 s and 310 s are far too slow.
  static func idle(ping: Duration, hangup: Duration) -> lws_retry_bo_t {
    var policy = lws_retry_bo_t()
    policy.secs_since_valid_ping = ping.wholeSeconds
    policy.secs_since_valid_hangup = max(hangup.wholeSeconds, ping.wholeSeconds + 1)
    return policy
  }
}

extension lws_context_creation_info {
  /// What every virtual host has in common: no extension, hence no compression and no decompression bomb.
  static func base() -> lws_context_creation_info {
    var info = lws_context_creation_info()
    info.extensions = nil
    info.mounts = nil
    return info
  }
}

/// What TLS 1.2 may use: forward secrecy and authenticated encryption. TLS 1.3 has nothing else.
enum TLSCiphers {
  static let tls12 = "ECDHE+AESGCM:ECDHE+CHACHA20"
}
