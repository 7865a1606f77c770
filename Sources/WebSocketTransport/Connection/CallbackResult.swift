/// What a callback answers the library.
enum CallbackResult {
  /// Go on.
  static let proceed: Int32 = 0
  /// Close the socket, with the close frame that was prepared, if one was.
  static let close: Int32 = -1
}
