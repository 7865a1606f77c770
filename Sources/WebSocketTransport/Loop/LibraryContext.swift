import CLibWebSockets

/// The library's context. Everything but `wake` belongs to the service thread: in this build of the library
/// the locks for other threads are compiled out, and `lws_cancel_service` is the one call that another thread
/// may make.
struct LibraryContext: @unchecked Sendable {
  let pointer: OpaquePointer

  /// Makes a context without virtual hosts.
  ///
  /// `maximumDescriptorCount` must stay below the process' limit: at the limit itself `accept` fails with
  /// EMFILE and the library turns in a loop that uses a whole core; below it, it stops accepting and recovers
  /// by itself.
  init(maximumDescriptorCount: UInt32) throws(TransportError) {
    var info = lws_context_creation_info()
    info.options =
      UInt64(LWS_SERVER_OPTION_EXPLICIT_VHOSTS) | UInt64(LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT)
      | UInt64(LWS_SERVER_OPTION_SKIP_SERVER_CANONICAL_NAME)
      // Otherwise the library writes "http://" before an Origin header, and writes one where none was asked
      // for.
      | UInt64(LWS_SERVER_OPTION_JUST_USE_RAW_ORIGIN)
    info.fd_limit_per_thread = maximumDescriptorCount
    info.gid = gid_t.max.signedValue
    info.uid = uid_t.max.signedValue
    // A header line longer than the buffer closes the connection.
    info.max_http_header_data = 4096
    // Connections that may be in their handshake at a moment; further ones wait to be accepted.
    info.max_http_header_pool = 256
    info.pt_serv_buf_size = 4096
    // A peer whose machine vanished while nothing was under way is noticed by TCP as well: 30 s + 3 × 5 s.
    info.ka_time = 30
    info.ka_probes = 3
    info.ka_interval = 5
    guard let pointer = lws_create_context(&info) else {
      throw TransportError(.unavailable, "the WebSocket library did not start")
    }
    self.pointer = pointer
  }

  /// Ends the wait for sockets. Any thread; never during or after `destroy`.
  func wake() {
    lws_cancel_service(pointer)
  }

  /// Waits for sockets, timers or `wake`, and handles what came. Service thread only.
  func service(waiting: Bool) -> Bool {
    lws_service(pointer, waiting ? 0 : -1) >= 0
  }

  /// Closes every socket and frees everything. Service thread only.
  func destroy() {
    lws_context_destroy(pointer)
  }
}

extension UInt32 {
  /// The bits read as a signed number: the library's "-1, leave it" for user and group.
  fileprivate var signedValue: Int32 { Int32(bitPattern: self) }
}
