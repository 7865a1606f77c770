import CLibWebSockets

/// The library's callback for every socket of every server. It finds the owner and translates; others decide.
func serverCallback(
  wsi: OpaquePointer?, reason: lws_callback_reasons, user: UnsafeMutableRawPointer?,
  input: UnsafeMutableRawPointer?, count: Int
) -> Int32 {
  guard let wsi else { return CallbackResult.proceed }
  switch reason {
  case LWS_CALLBACK_RECEIVE:
    return connection(of: wsi)?.received(UnsafeRawBufferPointer(start: input, count: count))
      ?? CallbackResult.close
  case LWS_CALLBACK_SERVER_WRITEABLE:
    return connection(of: wsi)?.writeable() ?? CallbackResult.proceed
  case LWS_CALLBACK_RECEIVE_PONG:
    return connection(of: wsi)?.pongReceived() ?? CallbackResult.close
  case LWS_CALLBACK_TIMER:
    if let connection = connection(of: wsi) { return connection.timerFired() }
    endpoint(of: wsi)?.listenTimerFired(on: wsi)
    return CallbackResult.proceed
  case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
    return connection(of: wsi)?.peerClosing(UnsafeRawBufferPointer(start: input, count: count))
      ?? CallbackResult.close
  case LWS_CALLBACK_RAW_RX_FILE:
    endpoint(of: wsi)?.acceptWaiting()
    return CallbackResult.proceed
  case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED: return socketAccepted(wsi)
  case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE: return confirmUpgrade(wsi)
  case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
    if case .approved? = socket(of: wsi)?.stage { return CallbackResult.proceed }
    return CallbackResult.close
  case LWS_CALLBACK_ESTABLISHED: return established(wsi)
  case LWS_CALLBACK_HTTP: return answer(.upgradeRequired, on: wsi)
  case LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION:
    noteServerCertificate(wsi, isGood: count != 0)
    return CallbackResult.proceed
  // Bodies are never read.
  case LWS_CALLBACK_HTTP_BODY, LWS_CALLBACK_HTTP_BODY_COMPLETION: return CallbackResult.close
  case LWS_CALLBACK_WSI_DESTROY:
    socketDestroyed(wsi)
    return CallbackResult.proceed
  default: return CallbackResult.proceed
  }
}

private func endpoint(of wsi: OpaquePointer) -> ServerEndpoint? {
  guard let host = lws_get_vhost(wsi), let user = lws_vhost_user(host) else { return nil }
  return Unmanaged<ServerEndpoint>.fromOpaque(user).takeUnretainedValue()
}

private func socket(of wsi: OpaquePointer) -> ServerSocket? {
  guard let data = lws_get_opaque_user_data(wsi) else { return nil }
  return Unmanaged<ServerSocket>.fromOpaque(data).takeUnretainedValue()
}

private func connection(of wsi: OpaquePointer) -> Connection? {
  socket(of: wsi)?.connection
}

/// The connection has a socket of its own. Paired with `socketDestroyed`.
private func socketAccepted(_ wsi: OpaquePointer) -> Int32 {
  guard let endpoint = endpoint(of: wsi), let socket = endpoint.accepted(wsi) else {
    return CallbackResult.close
  }
  lws_set_opaque_user_data(wsi, Unmanaged.passRetained(socket).toOpaque())
  return CallbackResult.proceed
}

private func confirmUpgrade(_ wsi: OpaquePointer) -> Int32 {
  guard let endpoint = endpoint(of: wsi), let socket = socket(of: wsi),
    let request = HandshakeRequest(headersOf: wsi)
  else { return CallbackResult.close }
  switch endpoint.policy.judge(request) {
  case .accept:
    socket.stage = .approved
    return CallbackResult.proceed
  case .reject(let status): return answer(status, on: wsi)
  case .hangUp: return CallbackResult.close
  }
}

private func established(_ wsi: OpaquePointer) -> Int32 {
  guard let endpoint = endpoint(of: wsi), let socket = socket(of: wsi) else { return CallbackResult.close }
  endpoint.opened(socket, wsi: wsi)
  return CallbackResult.proceed
}

private func answer(_ status: HTTPStatus, on wsi: OpaquePointer) -> Int32 {
  let keepsAlive = endpoint(of: wsi)?.configuration.keepsHTTPAlive ?? false
  let buffer = WriteBuffer()
  guard buffer.write(status.response(keepingAlive: keepsAlive), to: wsi, as: LWS_WRITE_HTTP_HEADERS) else {
    return CallbackResult.close
  }
  return keepsAlive ? lws_http_transaction_completed(wsi) : CallbackResult.close
}

private func socketDestroyed(_ wsi: OpaquePointer) {
  guard let data = lws_get_opaque_user_data(wsi) else { return }
  lws_set_opaque_user_data(wsi, nil)
  let socket = Unmanaged<ServerSocket>.fromOpaque(data).takeRetainedValue()
  endpoint(of: wsi)?.socketGone(socket, wsi: wsi)
}
