/// What one peer may cost. Each number is a bound that an unknown or broken peer meets before anything else
/// suffers.
public struct ConnectionLimits: Sendable, Hashable {
  /// Bytes of a message before authentication. 4,096: a key, a nonce and a signature fit many times over.
  public var preAuthenticationMessageBytes = 4096

  /// Messages before authentication. 2: a greeting and a proof.
  public var preAuthenticationMessages = 2

  /// From the end of the handshake to `authenticated`. 5 s: a stranger holds a place no longer.
  public var authentication: Duration = .seconds(5)

  /// Bytes of a message. 262,144: the library itself sets no limit and announces a frame of 2^62 bytes as it
  /// comes.
  public var messageBytes = 262_144

  /// Frames of one message. 64: thousands of empty continuation frames cost a call each.
  public var fragmentsPerMessage = 64

  /// From the first byte of a message to its last. 30 s: half a message otherwise stays for ever while pongs
  /// arrive.
  public var messageCompletion: Duration = .seconds(30)

  /// Bytes a second, on average, while a message is under way. 1,024: slower is not a network but a hold-up.
  public var messageBytesPerSecond = 1024

  /// How long a message may begin more slowly than that. 3 s: a lost packet sent again is no crime.
  public var messageRateGrace: Duration = .seconds(3)

  /// Bytes that wait for one peer. 1 MiB: a reader that never reads costs this and no more.
  public var outgoingQueueBytes = 1 << 20

  /// Messages that wait for one peer. 1,000: small messages cost more than their bytes.
  public var outgoingQueueMessages = 1000

  /// Connections of one address (IPv6: of one /64) that are not authenticated. 20.
  public var unauthenticatedConnectionsPerAddress = 20

  /// Connections of one server, authenticated or not, before and after the handshake. 10,000.
  public var connections = 10_000

  /// Pongs a second. 10: the library answers pings itself, one at a time, and does not show them.
  public var controlFramesPerSecond = 10

  /// Silence after which a ping is sent. 20 s, counted in whole seconds by the library.
  public var ping: Duration = .seconds(20)

  /// Silence after which the connection is given up. 30 s; more than `ping`.
  public var hangup: Duration = .seconds(30)

  /// From the decision to close to the end of the socket: the time to write what is queued and the close
  /// frame. 5 s.
  public var closing: Duration = .seconds(5)

  /// The limits above.
  public init() {}

  /// The queue length at which `send` answers that it is full, and the one at which `backlogCleared` is told:
  /// a half and a quarter of the bound, so that a sender who listens never meets the bound.
  var highWaterBytes: Int { outgoingQueueBytes / 2 }
  var lowWaterBytes: Int { outgoingQueueBytes / 4 }
  var highWaterMessages: Int { outgoingQueueMessages / 2 }
  var lowWaterMessages: Int { outgoingQueueMessages / 4 }

  /// - Throws: `invalidConfiguration` for a limit that would refuse everyone or that the library asserts
  ///   against.
  func validate() throws(TransportError) {
    let positive = [
      preAuthenticationMessageBytes, preAuthenticationMessages, messageBytes, fragmentsPerMessage,
      messageBytesPerSecond, outgoingQueueBytes, outgoingQueueMessages,
      unauthenticatedConnectionsPerAddress, connections, controlFramesPerSecond,
    ]
    guard positive.allSatisfy({ (1...(1 << 30)).contains($0) }) else {
      throw TransportError(.invalidConfiguration, "every limit lies between 1 and 2^30")
    }
    let durations = [authentication, messageCompletion, closing]
    guard durations.allSatisfy({ $0 > .zero && $0 <= .seconds(3600) }), messageRateGrace >= .zero else {
      throw TransportError(.invalidConfiguration, "every time limit lies between 0 and 1 hour")
    }
    guard ping >= .seconds(1), hangup > ping, hangup <= .seconds(3600) else {
      throw TransportError(.invalidConfiguration, "hangup is longer than ping, both from 1 s to 1 hour")
    }
  }
}
