/// Why a loop, a server or a client could not do what was asked. Free of personal data and of addresses.
public struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of failure, for a program to decide on.
  public enum Code: String, Sendable, Hashable {
    /// A value of the configuration cannot be used.
    case invalidConfiguration
    /// Plaintext was asked for on an address that others can reach.
    case plaintextNotAllowed
    /// The address or port could not be bound.
    case cannotListen
    /// The library could not be started, or the loop has been shut down.
    case unavailable
    /// The host name has no address.
    case hostNotFound
    /// Nothing accepted the connection.
    case connectionRefused
    /// The peer's certificate does not prove the name that was asked for.
    case certificateRejected
    /// The server answered, but not with a WebSocket.
    case handshakeRejected
    /// The server refused the subprotocol, or chose another one.
    case subprotocolRefused
    /// It took longer than `ClientConfiguration.connectTimeout`.
    case timedOut
    /// The task that waited was cancelled.
    case cancelled
  }

  /// The kind of failure.
  public let code: Code

  /// One sentence for the operator.
  public let message: String

  /// An error with its sentence.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// Code and sentence.
  public var description: String { "\(code.rawValue): \(message)" }
}
