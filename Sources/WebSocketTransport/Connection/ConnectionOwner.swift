/// Who hears of a connection: a server or a client. Called on the service thread, inside the library's
/// callbacks.
protocol ConnectionOwner: AnyObject {
  /// A complete message.
  func connection(_ id: ConnectionID, received message: [UInt8])

  /// Messages were handed to the library.
  func connection(_ id: ConnectionID, wrote messageCount: Int, byteCount: Int)

  /// The connection takes and gives no more. Once.
  func connection(_ id: ConnectionID, closed reason: CloseReason)
}
