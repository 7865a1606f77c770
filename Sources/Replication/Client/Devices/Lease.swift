/// How long a device may show what it holds without having reached its server.
public struct Lease: Hashable, Sendable {
  /// Milliseconds since 1970 by the server's clock; `nil` without end.
  public let until: Int64?

  /// Describes a lease.
  public init(until: Int64?) { self.until = until }

  /// Whether what is held may be shown. The lease does not contain its end.
  public func allowsShowing(at known: KnownTime) -> Bool { until.map { known.time < $0 } ?? true }
}
