/// What happened on a server's connections.
public enum ConnectionEvent: Sendable, Equatable {
  /// The WebSocket handshake is complete. The peer is not authenticated yet.
  case opened(ConnectionID, PeerAddress)

  /// One complete binary message, at most `ConnectionLimits.messageBytes` long.
  case received(ConnectionID, [UInt8])

  /// The outgoing queue fell below its low-water mark after `send` had answered that it was full.
  case backlogCleared(ConnectionID)

  /// The connection takes no more and gives no more. Sent exactly once for each `opened`, at the moment of
  /// the decision: the socket may live up to `ConnectionLimits.closing` longer to deliver the close frame.
  case closed(ConnectionID, CloseReason)
}
