public import CaseModel

/// That the access of a device ended, as its tenant told it, signed.
public struct AccessEnded: Hashable, Sendable {
  /// Why.
  public let reason: RevocationReason
  /// Since when, in milliseconds since 1970 by the server's clock.
  public let since: Int64

  /// Describes an end.
  public init(reason: RevocationReason, since: Int64) {
    self.reason = reason
    self.since = since
  }
}
