/// Why an exchange with the server ended before everything was exchanged.
public struct ExchangeFailure: Hashable, Sendable {
  /// A name of `Protocol/errors.md`, or a word of the transport such as `connectionRefused`.
  public let reason: String
  /// When, in milliseconds since 1970 by this device's clock.
  public let at: Int64

  /// Names a failure.
  public init(reason: String, at: Int64) {
    self.reason = reason
    self.at = at
  }
}
