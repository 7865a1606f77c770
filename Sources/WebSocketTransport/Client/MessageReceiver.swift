/// Where a client's messages go.
enum MessageReceiver: Sendable {
  /// To a consumer that asks for them.
  case inbox(MessageInbox)
  /// To a callback on the service thread, at the end of the turn.
  case callback(@Sendable (ClientEvent) -> Void)
}
