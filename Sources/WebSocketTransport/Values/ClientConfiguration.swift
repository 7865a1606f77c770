/// Where a client connects to, and what it bears.
public struct ClientConfiguration: Sendable {
  /// `ws://` or `wss://`, a host, and optionally a port and a path (RFC 6455 section 3).
  public var url: String

  /// The subprotocol asked for; a server that does not choose it is left.
  public var subprotocol: String

  /// PEM file of the certificate authorities to trust instead of those of the system, or nil for those.
  public var certificateAuthorityFile: String?

  /// Time for the name, the connection, TLS and the handshake together. 5 s.
  public var connectTimeout: Duration = .seconds(5)

  /// Whether `ws://` may lead to another machine. Only for a network that protects its bytes by itself.
  public var allowsPlaintextToOtherMachines = false

  /// Bytes of a message from the server. 1 MiB: a server is known, and its answers may be larger than
  /// questions.
  public var messageBytes = 1 << 20

  /// Frames of one message. 64.
  public var fragmentsPerMessage = 64

  /// From the first byte of a message to its last. 60 s.
  public var messageCompletion: Duration = .seconds(60)

  /// Bytes of received messages that the consumer has not taken yet, from which on the client reads no more
  /// until half of them are taken. 1 MiB.
  public var incomingQueueBytes = 1 << 20

  /// Bytes that wait to be written; beyond it the client gives the connection up. 16 MiB.
  public var outgoingQueueBytes = 16 << 20

  /// Messages that wait to be written; beyond it the client gives the connection up. 100,000.
  public var outgoingQueueMessages = 100_000

  /// Silence after which a ping is sent. 20 s.
  public var ping: Duration = .seconds(20)

  /// Silence after which the connection is given up. 30 s.
  public var hangup: Duration = .seconds(30)

  /// A configuration with the default limits.
  public init(url: String, subprotocol: String, certificateAuthorityFile: String? = nil) {
    self.url = url
    self.subprotocol = subprotocol
    self.certificateAuthorityFile = certificateAuthorityFile
  }

  /// The same bounds in the words that both ends share.
  var limits: ConnectionLimits {
    var limits = ConnectionLimits()
    limits.messageBytes = messageBytes
    limits.fragmentsPerMessage = fragmentsPerMessage
    limits.messageCompletion = messageCompletion
    limits.outgoingQueueBytes = outgoingQueueBytes
    limits.outgoingQueueMessages = outgoingQueueMessages
    limits.ping = ping
    limits.hangup = hangup
    return limits
  }
}
