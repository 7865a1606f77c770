/// The headers of an upgrade request that decide on it (RFC 6455 section 4.2.1). Nil: the header is not
/// there.
struct HandshakeRequest: Equatable {
  var isGet: Bool
  var upgrade: String?
  var version: String?
  var key: String?
  var origin: String?
  var subprotocols: String?
}
