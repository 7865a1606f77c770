/// How a server listens, whom it lets in, and what each may cost.
public struct ServerConfiguration: Sendable {
  /// How bytes are protected on their way.
  public enum Security: Sendable, Hashable {
    /// No encryption; the server refuses to start on an address that another machine can reach.
    case plaintextLoopbackOnly
    /// TLS 1.2 or later, with a certificate chain and a private key in PEM files.
    case tls(certificateFile: String, privateKeyFile: String)
  }

  /// Another cap for one network: a whole municipality may sit behind one address.
  public struct NetworkLimit: Sendable, Hashable {
    /// The network that the cap is for.
    public var network: NetworkPrefix
    /// Connections of one address of that network that are not authenticated.
    public var unauthenticatedConnectionsPerAddress: Int

    /// A cap for a network.
    public init(network: NetworkPrefix, unauthenticatedConnectionsPerAddress: Int) {
      self.network = network
      self.unauthenticatedConnectionsPerAddress = unauthenticatedConnectionsPerAddress
    }
  }

  /// An IP address, or `localhost` for 127.0.0.1. `0.0.0.0` and `::` mean every address.
  public var host: String

  /// 0 takes any free port; see `WebSocketServer.port`.
  public var port: Int

  /// How bytes are protected.
  public var security: Security

  /// The one subprotocol served; a client that does not offer it is refused (RFC 6455 section 1.9).
  public var subprotocol: String

  /// Values of the `Origin` header that are let in. Empty: only clients without the header, that is no
  /// browser. What is not in the list is answered 403, so that a page of another site cannot use its
  /// visitor's way in.
  public var allowedOrigins: [String]

  /// What one peer may cost.
  public var limits: ConnectionLimits

  /// Exceptions from `ConnectionLimits.unauthenticatedConnectionsPerAddress`; the first network that fits
  /// counts.
  public var perNetworkLimits: [NetworkLimit]

  /// Whether an HTTP connection outlives its first answer. Only tests say yes: then the guards behind this
  /// one can be tried, because a kept-alive connection is what leads to the library's use of freed headers at
  /// the next upgrade.
  var keepsHTTPAlive = false

  /// A configuration with the default limits.
  public init(
    host: String, port: Int, security: Security, subprotocol: String, allowedOrigins: [String] = [],
    limits: ConnectionLimits = .init(), perNetworkLimits: [NetworkLimit] = []
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.subprotocol = subprotocol
    self.allowedOrigins = allowedOrigins
    self.limits = limits
    self.perNetworkLimits = perNetworkLimits
  }
}
