/// What happened on an outgoing connection.
public enum ClientEvent: Sendable, Hashable {
  /// A whole message came in.
  case received([UInt8])
  /// The connection is gone. The last event.
  case closed(CloseReason)
}
