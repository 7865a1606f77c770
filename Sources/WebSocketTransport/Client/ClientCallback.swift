import CLibWebSockets

/// The library's callback for every client socket. It finds the owner and translates; others decide.
func clientCallback(
  wsi: OpaquePointer?, reason: lws_callback_reasons, user: UnsafeMutableRawPointer?,
  input: UnsafeMutableRawPointer?, count: Int
) -> Int32 {
  guard let wsi else { return CallbackResult.proceed }
  switch reason {
  case LWS_CALLBACK_CLIENT_RECEIVE:
    return socket(of: wsi)?.received(UnsafeRawBufferPointer(start: input, count: count))
      ?? CallbackResult.close
  case LWS_CALLBACK_CLIENT_WRITEABLE: return socket(of: wsi)?.writeable() ?? CallbackResult.proceed
  case LWS_CALLBACK_CLIENT_RECEIVE_PONG: return socket(of: wsi)?.pongReceived() ?? CallbackResult.close
  case LWS_CALLBACK_TIMER: return socket(of: wsi)?.timerFired() ?? CallbackResult.proceed
  case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
    return socket(of: wsi)?.peerClosing(UnsafeRawBufferPointer(start: input, count: count))
      ?? CallbackResult.close
  case LWS_CALLBACK_CLIENT_FILTER_PRE_ESTABLISH:
    return filterAnswer(wsi)
  case LWS_CALLBACK_CLIENT_ESTABLISHED: socket(of: wsi)?.established(wsi)
  case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
    let bytes = UnsafeRawBufferPointer(start: input, count: input == nil ? 0 : count)
    let status = Int(lws_http_client_http_response(wsi))
    socket(of: wsi)?.connectionFailed(String(decoding: bytes, as: UTF8.self), status: status)
  case LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION:
    noteServerCertificate(wsi, isGood: count != 0)
  // A redirect would lead to a server that nobody chose.
  case LWS_CALLBACK_CLIENT_HTTP_REDIRECT: return CallbackResult.close
  case LWS_CALLBACK_WSI_DESTROY:
    guard let socket = socket(of: wsi) else { return CallbackResult.proceed }
    lws_set_opaque_user_data(wsi, nil)
    socket.socketGone()
  default: break
  }
  return CallbackResult.proceed
}

/// The loop keeps the socket alive until the library has freed its own.
private func socket(of wsi: OpaquePointer) -> ClientSocket? {
  guard let data = lws_get_opaque_user_data(wsi) else { return nil }
  return Unmanaged<ClientSocket>.fromOpaque(data).takeUnretainedValue()
}

/// OpenSSL judged the certificate of a client's server. The library tells the first protocol of *any* virtual
/// host, a server's as well, so both callbacks come here. It only notes the reason: what OpenSSL refuses
/// stays refused.
func noteServerCertificate(_ wsi: OpaquePointer, isGood: Bool) {
  guard !isGood else { return }
  socket(of: wsi)?.certificateRejected()
}

private func filterAnswer(_ wsi: OpaquePointer) -> Int32 {
  guard let socket = socket(of: wsi) else { return CallbackResult.close }
  var buffer = [CChar](repeating: 0, count: 64)
  let count = lws_hdr_copy(wsi, &buffer, Int32(buffer.count), WSI_TOKEN_PROTOCOL)
  let bytes = buffer.prefix(Int(max(count, 0))).map { UInt8(bitPattern: $0) }
  return socket.answered(with: String(decoding: bytes, as: UTF8.self))
    ? CallbackResult.proceed : CallbackResult.close
}
