/// What a server may be asked to do with a connection. A command for a connection that has ended does
/// nothing.
public enum TransportCommand: Sendable, Equatable {
  /// Queue one binary message.
  case send(ConnectionID, [UInt8])

  /// Lift the limits and the timer that hold before authentication.
  case authenticated(ConnectionID)

  /// Write what is queued, for at most `ConnectionLimits.closing`, then close with this code and text. The
  /// text is cut to 123 bytes (RFC 6455 section 5.5).
  case close(ConnectionID, CloseCode, String)

  /// Read no more from the peer until `resumeReading`; what it sends waits in its own kernel.
  case pauseReading(ConnectionID)

  /// Read again.
  case resumeReading(ConnectionID)
}
